import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createTestDatabase } from '../../test/support/database.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { loadPolicies } from '../policy/load.ts'
import { eventKinds } from './events/index.ts'
import { differences, type Expectation, readExpectation, stepNames } from './expectation.ts'
import { play } from './play.ts'
import { readRehearsal } from './reading.ts'

const folder = join(repositoryRoot, 'policies', 'rehearsals')
const loaded = loadPolicies(join(repositoryRoot, 'policies'))
if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal))
const policies = loaded.value

interface Shipped {
  readonly file: string
  readonly text: string
  readonly expected: Expectation
}

function shippedFor(school: string): readonly Shipped[] {
  return readdirSync(join(folder, school))
    .filter(file => file.endsWith('.yaml') && !file.endsWith('.expected.yaml'))
    .map(file => ({
      file: join(school, file),
      text: readFileSync(join(folder, school, file), 'utf8'),
      expected: readExpectation(readFileSync(join(folder, school, file.replace(/\.yaml$/, '.expected.yaml')), 'utf8')),
    }))
}

const shipped = policies.keys.flatMap(shippedFor)

test('Every school has at least eight rehearsals, each named in a sentence of its own', () => {
  for (const school of policies.keys) assert.ok(shippedFor(school).length >= 8, `${school} has fewer than eight rehearsals`)
  const titles = shipped.map(({ expected }) => expected.title)
  assert.equal(new Set(titles).size, titles.length)
  for (const title of titles) {
    assert.match(title, /^[A-Z].*[^.]$/)
    assert.ok(title.split(' ').length >= 7, `"${title}" is no sentence`)
  }
})

describe('What ships as a rehearsal comes out as the text of its policy says', () => {
  for (const { file, text, expected } of shipped)
    test(`${expected.title} (${file})`, async () => {
      const rehearsal = readRehearsal(file, text, { kinds: eventKinds, profiles: policies.keys })
      assert.ok(rehearsal.ok, rehearsal.ok ? '' : JSON.stringify(rehearsal.refusal, null, 2))
      const played = await play(rehearsal.value, { policies, database: await createTestDatabase(), kinds: eventKinds })
      assert.deepEqual(differences(expected, stepNames(text), played), [])
    })
})
