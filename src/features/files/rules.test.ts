import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { SchoolCalendar } from '../../policy/profile.ts'
import type { Occasion } from './model.ts'
import { ageOn, byMonth, dueState, gapsIn, partOfDay, places, rolesAt } from './rules.ts'

const day = (text: string) => text as PlainDate
const occasion = (on: string, more: Partial<Occasion> = {}): Occasion => ({
  on: day(on),
  time: null,
  undated: false,
  place: null,
  categories: [],
  ...more,
})

test('a child turns a year older on the birthday and not before; one born on 29 February on 1 March', () => {
  assert.equal(ageOn(day('2015-04-18'), day('2026-04-17')), 10)
  assert.equal(ageOn(day('2015-04-18'), day('2026-04-18')), 11)
  assert.equal(ageOn(day('2016-02-29'), day('2026-02-28')), 9)
  assert.equal(ageOn(day('2016-02-29'), day('2026-03-01')), 10)
})

test('the DSL sees how long a file was silent, up to today', () => {
  const points = [{ on: day('2026-09-01') }, { on: day('2026-03-02') }, { on: day('2026-03-01') }]
  assert.deepEqual(gapsIn(points, day('2026-11-18'), 4), [
    { from: '2026-03-03', to: '2026-08-31', days: 182 },
    { from: '2026-09-02', to: '2026-11-18', days: 78 },
  ])
  assert.deepEqual(
    gapsIn(points, day('2026-11-18'), 1).map(gap => gap.days),
    [182],
  )
  assert.deepEqual(gapsIn([{ on: day('2026-11-01') }], day('2026-11-18'), 4), [])
})

test('months without a concern are counted too, and old months are added up', () => {
  const occasions = ['2025-12-30', '2026-02-01', '2026-02-28'].map(on => occasion(on))
  assert.deepEqual(byMonth(occasions, 24).months, [
    { key: '2025-12', count: 1 },
    { key: '2026-01', count: 0 },
    { key: '2026-02', count: 2 },
  ])
  assert.deepEqual(byMonth(occasions, 1), { months: [{ key: '2026-02', count: 2 }], before: 1 })
  assert.deepEqual(byMonth([], 24), { months: [], before: 0 })
})

const calendar: SchoolCalendar = {
  terms: [{ name: 'Autumn', from: day('2026-09-01'), to: day('2026-12-18'), standing: 'setting' }],
  closures: [{ from: day('2026-10-26'), to: day('2026-10-30'), says: 'Half term' }],
  dayStarts: '08:40' as LocalTime,
  dayEnds: '15:20' as LocalTime,
  closeOfBusiness: '17:00' as LocalTime,
}

test('what happens in the holidays or at a weekend is told apart from what happens at school', () => {
  const at = (on: string, time: string | null) => partOfDay(occasion(on, { time: time as LocalTime | null }), calendar)
  assert.equal(at('2026-11-18', '08:39'), 'before-school')
  assert.equal(at('2026-11-18', '08:40'), 'morning')
  assert.equal(at('2026-11-18', '12:00'), 'afternoon')
  assert.equal(at('2026-11-18', '15:20'), 'after-school')
  assert.equal(at('2026-11-18', null), 'no-time')
  assert.equal(at('2026-10-28', '10:00'), 'no-school')
  assert.equal(at('2026-11-21', null), 'no-school')
  assert.equal(partOfDay(occasion('2026-11-18', { undated: true }), calendar), 'no-time')
})

test('one place written in two ways is one place', () => {
  const occasions = ['The park', 'the  Park ', '', null, 'Bus stop'].map(place => occasion('2026-11-18', { place }))
  assert.deepEqual(places(occasions, 8), [
    { key: 'The park', count: 2 },
    { key: 'Bus stop', count: 1 },
  ])
})

test('a writer is shown with the role held when it was written', () => {
  const author = {
    appointments: [
      { role: 'deputy-dsl', startsAt: '2025-09-01T00:00:00.000Z' as Instant, endsAt: '2026-09-01T00:00:00.000Z' as Instant },
      { role: 'teacher', startsAt: '2024-09-01T00:00:00.000Z' as Instant, endsAt: null },
    ],
  } as const
  assert.deepEqual(rolesAt(author, '2026-08-31T23:59:59.000Z' as Instant), ['deputy-dsl', 'teacher'])
  assert.deepEqual(rolesAt(author, '2026-09-01T00:00:00.000Z' as Instant), ['teacher'])
})

test('a day is late when it is over, a moment when it is past', () => {
  const now = '2026-11-18T10:00:00.000Z' as Instant
  assert.equal(dueState(day('2026-11-17'), now), 'overdue')
  assert.equal(dueState(day('2026-11-18'), now), 'due-today')
  assert.equal(dueState('2026-11-18T09:59:00.000Z' as Instant, now), 'overdue')
  assert.equal(dueState('2026-11-18T15:20:00.000Z' as Instant, now), 'due-today')
  assert.equal(dueState('2026-11-19T15:20:00.000Z' as Instant, now), 'later')
  assert.equal(dueState(null, now), 'no-time')
})
