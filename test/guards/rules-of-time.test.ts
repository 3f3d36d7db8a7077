import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleRegistry } from '../../src/policy/rule-registry.ts'
import { sourceFiles } from './source-files.ts'

test('Whoever asks why something is due at that minute finds each rule of time proved by a test that bears its name', () => {
  const tests = sourceFiles().filter(({ path }) => /\.test\.tsx?$/.test(path))
  const proved = new Set(
    tests.flatMap(({ text }) =>
      [...text.matchAll(/\btest\(\s*['"`]((?:\[[\w.-]+\] ?)+)/g)].flatMap(([, ids = '']) => ids.match(/[\w.-]+/g) ?? []),
    ),
  )
  const rules = ruleRegistry.map(({ id }) => id).filter(id => id.startsWith('time.'))
  assert.ok(rules.length > 10)
  assert.deepEqual(
    rules.filter(id => !proved.has(id)),
    [],
  )
})
