import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ConcernId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import { type TodayConcern, todayLists } from './model.ts'
import { listOf, sortToday } from './rules.ts'

const now = '2026-11-18T10:00:00.000Z' as Instant
const aroundNow = fc.integer({ min: -100, max: 100 }).map(hours => instantOf(epochInMs(now) + hours * 3_600_000))
const someConcern: fc.Arbitrary<TodayConcern> = fc.record({
  id: fc.uuid().map(id => id as ConcernId),
  reference: fc.constant('ABCD-EFGH'),
  state: fc.constantFrom('unreached', 'new', 'acknowledged', 'triaged', 'open'),
  urgent: fc.boolean(),
  stub: fc.boolean(),
  category: fc.constant(null),
  prompts: fc.constant([]),
  recordedAt: aroundNow,
  ownerName: fc.constant(null),
  children: fc.constant([]),
  unseenBy: fc.constant([]),
  seenBySomebody: fc.boolean(),
  clocks: fc.array(
    fc.record({
      name: fc.constantFrom('triage', 'acknowledge'),
      dueAt: fc.option(aroundNow),
      referralId: fc.constant(null),
      standing: fc.constant('setting'),
    }),
    { maxLength: 3 },
  ),
  waitingFor: fc.constant([]),
})
const aConcern = (more: Partial<TodayConcern>): TodayConcern => ({
  id: '1' as ConcernId,
  reference: '',
  state: 'open',
  urgent: false,
  stub: false,
  category: null,
  prompts: [],
  recordedAt: now,
  ownerName: null,
  children: [],
  unseenBy: [],
  seenBySomebody: true,
  clocks: [],
  waitingFor: [],
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
    const clock = { name: 'triage', dueAt: now, referralId: null, standing: 'stated' } as const
    assert.equal(listOf(aConcern({ clocks: [clock] }), now), 'due-today')
    assert.equal(listOf(aConcern({ clocks: [clock] }), instantOf(epochInMs(now) + 1)), 'overdue')
  })

  test('a concern that is unreached or new stays on top however late it is', () => {
    const late = [{ name: 'triage', dueAt: '2026-11-01T10:00:00.000Z' as Instant, referralId: null, standing: 'stated' }] as const
    assert.equal(listOf(aConcern({ state: 'unreached', clocks: late }), now), 'unreached')
    assert.equal(listOf(aConcern({ state: 'new', clocks: late }), now), 'new')
  })
})
