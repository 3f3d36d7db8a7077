import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { itemsOf } from '../../tools/asvs-document.ts'
import { readCheckoutFile, sourceFiles } from './source-files.ts'

/** The items of each section of ASVS 5.0.0 in order, each by its level. */
const standard: Readonly<Record<string, string>> = {
  '1.1': '22',
  '1.2': '1111122223',
  '1.3': '112222222223',
  '1.4': '222',
  '1.5': '123',
  '2.1': '122',
  '2.2': '112',
  '2.3': '12223',
  '2.4': '23',
  '3.1': '3',
  '3.2': '113',
  '3.3': '12223',
  '3.4': '11222233',
  '3.5': '11122333',
  '3.6': '3',
  '3.7': '22333',
  '4.1': '12233',
  '4.2': '23333',
  '4.3': '22',
  '4.4': '1222',
  '5.1': '2',
  '5.2': '112333',
  '5.3': '113',
  '5.4': '222',
  '6.1': '122',
  '6.2': '111111112222',
  '6.3': '11223333',
  '6.4': '112233',
  '6.5': '22222333',
  '6.6': '2223',
  '6.7': '33',
  '6.8': '2222',
  '7.1': '222',
  '7.2': '1111',
  '7.3': '22',
  '7.4': '11222',
  '7.5': '223',
  '7.6': '22',
  '8.1': '1233',
  '8.2': '1123',
  '8.3': '133',
  '8.4': '23',
  '9.1': '111',
  '9.2': '1222',
  '10.1': '22',
  '10.2': '223',
  '10.3': '22223',
  '10.4': '1111122222233333',
  '10.5': '22222',
  '10.6': '22',
  '10.7': '222',
  '11.1': '2233',
  '11.2': '22233',
  '11.3': '11233',
  '11.4': '1222',
  '11.5': '23',
  '11.6': '23',
  '11.7': '33',
  '12.1': '12233',
  '12.2': '11',
  '12.3': '22223',
  '13.1': '2333',
  '13.2': '222223',
  '13.3': '2233',
  '13.4': '1222233',
  '14.1': '22',
  '14.2': '12223333',
  '14.3': '122',
  '15.1': '12233',
  '15.2': '12233',
  '15.3': '1222222',
  '15.4': '3333',
  '16.1': '2',
  '16.2': '22222',
  '16.3': '2222',
  '16.4': '222',
  '16.5': '2223',
  '17.1': '23',
  '17.2': '22223333',
  '17.3': '22',
}

const folder = 'docs/security'
const documents = [
  'SECURITY.md',
  ...readdirSync(join(repositoryRoot, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`),
]

interface Evidence {
  readonly path: string
  readonly title: string | undefined
}

/** Paths in backticks, each with the titles in “ ” that follow it: `path` “one”, “another”. */
function evidenceIn(text: string): Evidence[] {
  return [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+|[\w-]+\.(?:md|json|ts))`((?: ?,? ?“[^”]+”)*)/g)].flatMap(
    ([, path = '', following = '']): Evidence[] => {
      const titles = [...following.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title)
      return titles.length === 0 ? [{ path, title: undefined }] : titles.map(title => ({ path, title }))
    },
  )
}

// Named in the documents, and made by whoever runs Holdfast.
const ofTheInstallation = ['keys/master.key']

/** What is wrong with a piece of evidence: no such file, or no test of that title in it. */
function faultOf({ path, title }: Evidence): string | undefined {
  if (ofTheInstallation.includes(path)) return undefined
  if (!existsSync(join(repositoryRoot, path))) return `there is no ${path}`
  if (title === undefined) return undefined
  const source = readCheckoutFile(path).replaceAll("\\'", "'")
  return source.includes(title) ? undefined : `${path} has no “${title}”`
}

suite('Whoever reads the security file', () => {
  test('finds every file that it names, and every test in it by its title', () => {
    const found = documents.map(path => ({ path, evidence: evidenceIn(readCheckoutFile(path)) }))
    assert.deepEqual(
      found.flatMap(({ path, evidence }) => evidence.flatMap(one => (faultOf(one) ? [`${path}: ${faultOf(one)}`] : []))),
      [],
    )
    assert.ok(found.flatMap(({ evidence }) => evidence).length > 200)
  })

  test('finds those who would want to: what each tries, what shows that it is stopped, and what remains', () => {
    const parts = readCheckoutFile(`${folder}/threat-model.md`).split(/^## /m).slice(1)
    assert.deepEqual(
      parts.map(part => part.split('\n')[0]),
      [
        'The subject of an allegation',
        "The parent who wants the reporter's name",
        'The curious colleague',
        'The stolen laptop',
        'The departing administrator',
        'The ransomware crew',
      ],
    )
    for (const part of parts) {
      const rows = part.split('\n').filter(line => line.startsWith('| ') && !/^\| (they try|---)/.test(line))
      assert.ok(rows.length >= 5)
      assert.deepEqual(
        rows.filter(row => evidenceIn(row.split(' | ').at(-1) ?? '').length === 0),
        [],
      )
      assert.match(part, /^Remains: /m)
    }
  })

  test('would be told of a test that is gone', () => {
    const planted = '`test/guards/fuzz.test.ts` “finds no fault of ours”, “finds nothing”; `src/gone.ts`; `test/gone.test.ts` “a”'
    assert.deepEqual(evidenceIn(planted).map(faultOf), [
      undefined,
      'test/guards/fuzz.test.ts has no “finds nothing”',
      'there is no src/gone.ts',
      'there is no test/gone.test.ts',
    ])
  })

  test('finds every link between its parts', () => {
    const links = documents.flatMap(path =>
      [...readCheckoutFile(path).matchAll(/\]\(([^)#]+)\)/g)].map(([, to = '']) => join(path, '..', to)),
    )
    assert.deepEqual(
      links.filter(path => !existsSync(join(repositoryRoot, path))),
      [],
    )
  })
})

suite('Whoever reads the answers to ASVS', () => {
  const text = readCheckoutFile(`${folder}/asvs.md`)
  const items = itemsOf(text)
  const asked = Object.entries(standard).flatMap(([section, levels]) =>
    [...levels].flatMap((level, index) => (level === '3' ? [] : [`${section}.${index + 1} at ${level}`])),
  )

  test('finds each item of levels 1 and 2 once, in order, with its level', () => {
    assert.equal(Object.values(standard).join('').length, 345)
    assert.deepEqual(
      items.map(({ number, level }) => `${number} at ${level}`),
      asked,
    )
  })

  test('finds evidence wherever something is claimed, and a reason wherever nothing is', () => {
    const words = ['met', 'partly', 'not yet', 'no such thing', 'the school’s']
    assert.deepEqual(
      items.filter(({ status }) => !words.includes(status)),
      [],
    )
    assert.deepEqual(
      items.filter(({ status, evidence }) =>
        status === 'met' || status === 'partly' ? evidenceIn(evidence).length === 0 : evidence.length < 8,
      ),
      [],
    )
  })
})

test('The program runs no text as code, speaks to no other window, and makes no weak digest', () => {
  const forbidden =
    /\beval\(|\bnew Function\(|\bpostMessage\(|\binnerHTML\b|\bdangerouslySetInnerHTML\b|createHash\('(?!sha256|sha512)|createHmac\('(?!sha256|sha512)|\bshell: true|\bexec(Sync)?\(['"`]/g
  const found = sourceFiles()
    .filter(({ path }) => path.startsWith('src/') && !/\.test\.tsx?$/.test(path))
    .flatMap(({ path, code }) => [...code.matchAll(forbidden)].map(([text]) => `${path}: ${text}`))
  assert.deepEqual(found, [])
})

suite('Whoever reads the bill of materials', () => {
  const bill = z
    .object({
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.literal('1.6'),
      components: z.array(
        z.object({
          'bom-ref': z.string(),
          name: z.string(),
          version: z.string().min(1),
          purl: z.string().startsWith('pkg:npm/'),
          scope: z.enum(['required', 'optional', 'excluded']),
          hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string().length(128) })),
        }),
      ),
      dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
    })
    .parse(JSON.parse(readCheckoutFile(`${folder}/sbom.cdx.json`)))

  test('finds every package once, with its digest, and whoever needs it', () => {
    const refs = bill.components.map(component => component['bom-ref'])
    assert.equal(new Set(refs).size, refs.length)
    assert.deepEqual(
      bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter(ref => !refs.includes(ref)),
      [],
    )
    const manifest = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readCheckoutFile('package.json')))
    const direct = bill.dependencies.find(({ ref }) => ref === 'holdfast')?.dependsOn ?? []
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      const component = bill.components.find(one => one['bom-ref'] === `node_modules/${name}`)
      assert.deepEqual([component?.version, component?.scope], [version, 'required'], name)
      assert.ok(direct.includes(`node_modules/${name}`), name)
    }
  })
})
