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
import { contextOf, readRehearsal } from './reading.ts'

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

/** What recurs or moves, and worries about how the school works, by the events that rehearse them. */
const besidesConcerns: Readonly<Record<string, RegExp>> = {
  training: /event: adult\.trained/,
  reading: /event: adult\.read/,
  'checks of filtering': /event: filtering\.checked/,
  'private fostering': /event: private-fostering\.known/,
  'incoming files': /event: pupil\.joined/,
  'worries about practice': /kind: practice/,
}

test('Every school has at least nine rehearsals, each named in a sentence of its own', () => {
  for (const school of policies.keys) assert.ok(shippedFor(school).length >= 9, `${school} has fewer than nine rehearsals`)
  const titles = shipped.map(({ expected }) => expected.title)
  assert.equal(new Set(titles).size, titles.length)
  for (const title of titles) {
    assert.match(title, /^[A-Z].*[^.]$/)
    assert.ok(title.split(' ').length >= 7, `"${title}" is no sentence`)
  }
})

test('Whatever a school owes besides what follows from a concern is rehearsed, and something of it at every school', () => {
  for (const [what, events] of Object.entries(besidesConcerns))
    assert.ok(
      shipped.some(({ text }) => events.test(text)),
      `nothing rehearses ${what}`,
    )
  for (const school of policies.keys)
    assert.ok(
      shippedFor(school).some(({ text }) => Object.values(besidesConcerns).some(events => events.test(text))),
      `${school} rehearses none of them`,
    )
})

describe('What ships as a rehearsal comes out as the text of its policy says', () => {
  for (const { file, text, expected } of shipped)
    test(`${expected.title} (${file})`, async () => {
      const rehearsal = readRehearsal(file, text, contextOf(eventKinds, policies))
      assert.ok(rehearsal.ok, rehearsal.ok ? '' : JSON.stringify(rehearsal.refusal, null, 2))
      const played = await play(rehearsal.value, { policies, database: await createTestDatabase(), kinds: eventKinds })
      assert.deepEqual(differences(expected, stepNames(text), played), [])
    })
})
