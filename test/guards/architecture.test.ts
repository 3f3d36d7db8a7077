import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { architectureRules, importCircles, packageRule } from './architecture-rules.ts'
import { checkoutFiles, parseSource, readCheckoutFile, sourceFiles } from './source-files.ts'

const files = sourceFiles()
const manifest = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(readCheckoutFile('package.json')))
const rules = [...architectureRules, packageRule(Object.keys(manifest.dependencies))]

suite('Whoever draws the picture of imports', () => {
  for (const rule of rules) {
    test(`finds that ${rule.says.charAt(0).toLowerCase()}${rule.says.slice(1)}`, () => {
      assert.deepEqual(
        files.flatMap(file => rule.faults(file)),
        [],
      )
    })
  }

  test('finds no circle', () => {
    assert.deepEqual(importCircles(files), [])
  })

  test('finds every import that names a file of the checkout', () => {
    const missing = files.flatMap(file =>
      file.imports
        .filter(imported => imported.isFile && !existsSync(join(repositoryRoot, imported.target)))
        .map(imported => `${file.path} imports ${imported.target}`),
    )
    // A test may name a compiled program or a page asset, which only a build makes.
    assert.deepEqual(
      missing.filter(fault => !fault.endsWith('.js')),
      [],
    )
    assert.ok(files.length > 50)
  })
})

/** A file that breaks each rule, to see that the rule would notice. */
const planted: readonly (readonly [path: string, text: string])[] = [
  ['src/kernel/ids.ts', `import { sha } from 'node:crypto'`],
  ['src/kernel/ids.ts', `export { a } from '../policy/profile.ts'`],
  ['src/features/concerns/rules.ts', `import { b } from './store.ts'`],
  ['src/features/concerns/rules-urgent.ts', `import pg from 'pg'`],
  ['src/features/concerns/model.ts', `import { readFile } from 'node:fs'`],
  ['src/policy/routing.ts', `import { load } from './load.ts'`],
  ['src/features/concerns/store.ts', `import { decide } from './rules.ts'`],
  ['src/features/concerns/pages/today.tsx', `import { find } from '../store.ts'`],
  ['src/features/concerns/pages/today.tsx', `import type { Kysely } from 'kysely'`],
  ['src/features/concerns/commands.ts', `import { child } from '../people/queries.ts'`],
  ['src/features/concerns/rules.ts', `import { child } from '../people/index.ts'`],
  ['src/features/concerns/commands.ts', `import { child } from '../people/model.ts'`],
  ['src/access/check.ts', `import { child } from '../features/people/index.ts'`],
  ['src/platform/clock.ts', `import { check } from '../access/index.ts'`],
  ['src/work/work.ts', `const it = await import('../../test/support/database.ts')`],
  ['src/work/work.ts', `const now = Date.now()`],
  ['src/work/work.ts', `const today = new Date()`],
  ['src/work/work.ts', `const dice = Math.random()`],
  ['src/work/utils.ts', ''],
  ['src/work/text-helpers.ts', ''],
  ['src/work/workBook.ts', ''],
  ['src/work/work.ts', `import leftPad from 'left-pad'`],
]

suite('The rules on imports notice', () => {
  for (const [path, text] of planted) {
    test(`${path} holding “${text}”`, () => {
      assert.equal(rules.flatMap(rule => rule.faults(parseSource(path, text))).length > 0, true)
    })
  }

  test('a circle, unless it is one of types', () => {
    const a = parseSource('src/a.ts', `import { b } from './b.ts'`)
    const circle = parseSource('src/b.ts', `import {\n  type A,\n  a,\n} from './a.ts'`)
    const ofTypes = parseSource('src/b.ts', `import { type A, type B } from './a.ts'\nimport type { C } from './a.ts'`)
    assert.deepEqual(importCircles([a, circle]), ['src/a.ts → src/b.ts → src/a.ts'])
    assert.deepEqual(importCircles([a, ofTypes]), [])
  })

  test('nothing in a comment, nor an address in a string', () => {
    const file = parseSource(
      'src/work/a.ts',
      `// import { x } from 'left-pad'\n/* Date.now() */\nconst at = 'http://a' // new Date()`,
    )
    assert.deepEqual(
      rules.flatMap(rule => rule.faults(file)),
      [],
    )
  })
})

test('Whoever reads the checkout finds no path of somebody’s own machine in it', () => {
  const ownPath = new RegExp(['/home', '/Users', '/root', '/work'].map(start => `(?<![\\w.])${start}/[a-z]`).join('|'))
  const text = checkoutFiles().filter(path => !/\.(png|jpg|pdf|woff2?|ico|br)$/.test(path) && path !== 'package-lock.json')
  assert.deepEqual(
    text.filter(path => ownPath.test(readCheckoutFile(path))),
    [],
  )
})
