import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ConcernId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import { type TodayOutline, todayLists } from './model.ts'
import { listOf, sortToday } from './rules.ts'

const now = '2026-11-18T10:00:00.000Z' as Instant
const aroundNow = fc.integer({ min: -100, max: 100 }).map(hours => instantOf(epochInMs(now) + hours * 3_600_000))
const someConcern: fc.Arbitrary<TodayOutline> = fc.record({
  id: fc.uuid().map(id => id as ConcernId),
  state: fc.constantFrom('unreached', 'new', 'acknowledged', 'triaged', 'open'),
  urgent: fc.boolean(),
  stub: fc.boolean(),
  recordedAt: aroundNow,
  nextLookAt: fc.option(aroundNow),
  owesReferral: fc.boolean(),
  dueAt: fc.option(aroundNow),
  isWaiting: fc.boolean(),
  explanationsDiffer: fc.boolean(),
})
const aConcern = (more: Partial<TodayOutline>): TodayOutline => ({
  id: '1' as ConcernId,
  state: 'open',
  urgent: false,
  stub: false,
  recordedAt: now,
  nextLookAt: '2026-12-18T09:00:00.000Z' as Instant,
  owesReferral: false,
  dueAt: null,
  isWaiting: false,
  explanationsDiffer: false,
  ...more,
})

describe('the lists of today', () => {
  test('every open concern stands in exactly one list, whatever its clocks say', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someConcern, { selector: concern => concern.id }), concerns => {
        const { concerns: lists } = sortToday({ concerns, actions: [], away: [] }, now)
        const shown = todayLists.flatMap(list => lists[list].map(concern => concern.id))
        assert.deepEqual(shown.toSorted(), concerns.map(concern => concern.id).toSorted())
      }),
    )
  })

  test('within a list the urgent come first', () => {
    fc.assert(
      fc.property(fc.array(someConcern), concerns => {
        const { concerns: lists } = sortToday({ concerns, actions: [], away: [] }, now)
        for (const list of todayLists) {
          const urgent = lists[list].map(concern => concern.urgent)
          assert.deepEqual(
            urgent,
            urgent.toSorted((a, b) => Number(b) - Number(a)),
          )
        }
      }),
    )
  })

  test('a concern is overdue the moment after its time, without any worker having looked', () => {
    assert.equal(listOf(aConcern({ dueAt: now }), now), 'due-today')
    assert.equal(listOf(aConcern({ dueAt: now }), instantOf(epochInMs(now) + 1)), 'overdue')
  })

  test('a concern that is unreached or new stays on top however late it is', () => {
    const late = '2026-11-01T10:00:00.000Z' as Instant
    assert.equal(listOf(aConcern({ state: 'unreached', dueAt: late }), now), 'unreached')
    assert.equal(listOf(aConcern({ state: 'new', dueAt: late }), now), 'new')
  })

  test('[MM-0-07] what was seen and not decided waits for a decision, whatever its clocks say', () => {
    for (const state of ['acknowledged', 'triaged'] as const) assert.equal(listOf(aConcern({ state }), now), 'to-decide')
  })

  test('an open concern comes back on the day of its next look, and is overdue after it', () => {
    const look = (nextLookAt: Instant | null) => listOf(aConcern({ nextLookAt }), now)
    assert.equal(look('2026-11-19T08:40:00.000Z' as Instant), 'coming')
    assert.equal(look('2026-11-18T08:40:00.000Z' as Instant), 'due-today')
    assert.equal(look('2026-11-17T08:40:00.000Z' as Instant), 'overdue')
    assert.equal(look(null), 'due-today')
  })

  test('a referral that was decided and not made is due today', () => {
    assert.equal(listOf(aConcern({ owesReferral: true }), now), 'due-today')
  })
})
