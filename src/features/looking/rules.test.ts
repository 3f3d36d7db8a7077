import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf, type PlainDate } from '../../kernel/plain-date.ts'
import type { Did, LookingFacts } from './model.ts'
import {
  againTimes,
  audienceFor,
  manyChildren,
  nightTimes,
  questionsOf,
  refusedTimes,
  searchTimes,
  timesTheHabit,
} from './rules.ts'

const day = '2026-11-18' as PlainDate
const ten = '2026-11-18T10:00:00.000Z' as Instant
const [ann, ben, cy] = ['ann', 'ben', 'cy'] as AdultId[] as [AdultId, AdultId, AdultId]
const robin = 'robin' as ChildId
const none: LookingFacts = { did: [], refused: [], habits: [], children: [] }
const after = (minutes: number, from = ten) => instantOf(epochInMs(from) + minutes * 60_000)
const times = (count: number, one: (n: number) => Partial<Did>): Did[] =>
  Array.from({ length: count }, (_, n) => ({ adultId: ann, childId: robin, did: 'looked', outside: [], at: after(n), ...one(n) }))
const kinds = (facts: Partial<LookingFacts>) => questionsOf(day, { ...none, ...facts }).map(({ kind }) => kind)
const wrote: Did = { adultId: ann, childId: robin, did: 'wrote', outside: [], at: after(30) }
const child = (n: number) => ({ childId: `child-${n}` as ChildId })

describe('looking that is asked about', () => {
  test('many children within an hour, beside what that person usually opens', () => {
    assert.deepEqual(kinds({ did: times(manyChildren, child) }), ['many-children'])
    assert.deepEqual(kinds({ did: times(manyChildren - 1, child) }), [])
    assert.deepEqual(kinds({ did: times(manyChildren, n => ({ ...child(n), at: after(n * 6) })) }), [], 'spread over a morning')
    const busy = { adultId: ann, childrenADay: Math.floor(manyChildren / timesTheHabit) + 1 }
    assert.deepEqual(kinds({ did: times(manyChildren, child), habits: [busy] }), [], 'a DSL who does so every day')
  })

  test('one child again and again, unless something was written there', () => {
    const looks = times(againTimes, () => ({}))
    assert.deepEqual(kinds({ did: looks }), ['again'])
    assert.deepEqual(kinds({ did: looks.slice(1) }), [])
    assert.deepEqual(kinds({ did: [...looks, wrote] }), [])
    const earlier = looks.map(look => ({ ...look, at: after(-1440, look.at) }))
    assert.deepEqual(kinds({ did: earlier }), [], 'asked about on the day on which it went on')
  })

  test('a colleague’s child, a child who left long ago, at night, and one found by search many times', () => {
    const [look] = times(1, () => ({}))
    assert.ok(look)
    const about = (tied: readonly AdultId[], leftOn: PlainDate | null) => [{ childId: robin, tied, leftOn }]
    assert.deepEqual(kinds({ did: [look], children: about([ben], null) }), ['colleagues-child'])
    assert.deepEqual(kinds({ did: [look, wrote], children: about([ben], null) }), [])
    assert.deepEqual(kinds({ did: [look], children: about([], '2026-10-20' as PlainDate) }), ['after-leaving'])
    assert.deepEqual(kinds({ did: [look], children: about([], '2026-10-21' as PlainDate) }), [], 'the file may be on its way')
    const late = times(nightTimes, n => ({ at: after(n, '2026-11-18T22:10:00.000Z' as Instant) }))
    assert.deepEqual(kinds({ did: late }), ['night'])
    assert.deepEqual(kinds({ did: late.slice(1) }), [])
    const searched = times(searchTimes, () => ({ did: 'searched' }))
    assert.deepEqual(kinds({ did: searched }), ['search'])
    assert.deepEqual(kinds({ did: [...searched, wrote] }), [])
  })

  test('refused again and again', () => {
    const refused = (count: number) => [{ adultId: ann, times: count, firstAt: ten, lastAt: ten }]
    assert.deepEqual(kinds({ refused: refused(refusedTimes) }), ['refused'])
    assert.deepEqual(kinds({ refused: refused(refusedTimes - 1) }), [])
  })

  test('is kept from whoever looked, whoever is tied to the child and whoever is outside what was looked at', () => {
    const did = times(againTimes, () => ({ outside: [cy] }))
    const [question] = questionsOf(day, { ...none, did, children: [{ childId: robin, tied: [ben], leftOn: null }] })
    assert.deepEqual([...(question?.excluded ?? [])].sort(), ['ann', 'ben', 'cy'])
    assert.equal(audienceFor(ann, [ann]), 'head')
    assert.equal(audienceFor(ann, [ben]), 'team')
  })
})
