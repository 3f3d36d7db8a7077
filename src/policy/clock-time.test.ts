import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { endOfDay, localDate, toInstant } from '../kernel/london-time.ts'
import type { Instant, LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { addDays, daysBetween, instantOf } from '../kernel/plain-date.ts'
import { isWorkingDay } from '../kernel/working-days.ts'
import { dueAt } from './clock-time.ts'
import { durationForms, durationInWords, durationPattern, parseDuration } from './duration.ts'
import type { SchoolCalendar } from './profile.ts'

const calendar: SchoolCalendar = {
  terms: [
    { name: 'Autumn', from: '2026-09-02' as PlainDate, to: '2026-12-18' as PlainDate, standing: 'stated' },
    { name: 'Spring', from: '2027-01-04' as PlainDate, to: '2027-03-25' as PlainDate, standing: 'stated' },
  ],
  closures: [{ from: '2026-10-26' as PlainDate, to: '2026-10-30' as PlainDate, says: 'Half term' }],
  dayStarts: '08:40' as LocalTime,
  dayEnds: '15:20' as LocalTime,
  closeOfBusiness: '17:00' as LocalTime,
}
const at = (date: string, time: string) => toInstant(date as PlainDate, time as LocalTime)
const friday = at('2026-11-20', '14:10')

function due(words: string, from: Instant = friday, childLeavesAt?: string): Instant | null {
  const duration = parseDuration(words)
  assert.ok(duration, words)
  return dueAt(duration, from, calendar, childLeavesAt === undefined ? {} : { childLeavesAt: childLeavesAt as LocalTime })
}

test('[time.close-of-business] [time.no-time-given] a worry written down at ten past two on a Friday is due when its text says', () => {
  const expected: [words: string, due: string | null][] = [
    ['immediately', '2026-11-20T14:10:00.000Z'],
    ['30 minutes', '2026-11-20T14:40:00.000Z'],
    ['48 hours', '2026-11-22T14:10:00.000Z'],
    ['before child leaves', '2026-11-20T15:20:00.000Z'],
    ['45 minutes before child leaves', '2026-11-20T14:35:00.000Z'],
    ['end of school day', '2026-11-20T15:20:00.000Z'],
    ['same day', '2026-11-20T23:59:59.000Z'],
    ['1 working day', '2026-11-23T23:59:59.000Z'],
    ['close of next working day', '2026-11-23T17:00:00.000Z'],
    ['5 calendar days', '2026-11-25T23:59:59.000Z'],
    ['10 school days', '2026-12-04T23:59:59.000Z'],
    ['2 weeks', '2026-12-04T23:59:59.000Z'],
    ['1 month', '2026-12-20T23:59:59.000Z'],
    ['1 term', '2027-03-25T23:59:59.000Z'],
    ['2 years', '2028-11-20T23:59:59.000Z'],
    ['no time given', null],
  ]
  for (const [words, moment] of expected) assert.equal(due(words), moment, words)
})

test('[time.close-of-business] a school that knows when the office closes to which it reports has it there before that, in winter and in summer', () => {
  const early = { ...calendar, closeOfBusiness: '16:30' as LocalTime }
  const close = parseDuration('close of next working day') ?? assert.fail()
  assert.equal(dueAt(close, friday, early), '2026-11-23T16:30:00.000Z')
  // The Friday before the last Monday of May: a bank holiday lies between, and London is an hour ahead.
  assert.equal(dueAt(close, at('2026-05-22', '14:10'), early), '2026-05-26T15:30:00.000Z')
})

test('[time.child-leaves] a child who goes home early has the worry written down before that', () => {
  assert.equal(due('before child leaves', friday, '15:15'), '2026-11-20T15:15:00.000Z')
  assert.equal(due('end of school day', friday, '15:15'), '2026-11-20T15:20:00.000Z')
})

test('[time.part-day] on a day that ends early everything is due before that, and a child who goes home earlier still is not kept', () => {
  const early = { ...calendar, partDays: [{ date: '2026-11-20' as PlainDate, ends: '13:30' as LocalTime, says: 'Last day' }] }
  const on = (words: string, from: Instant, childLeavesAt?: LocalTime) =>
    dueAt(parseDuration(words) ?? assert.fail(words), from, early, childLeavesAt === undefined ? {} : { childLeavesAt })
  const noon = at('2026-11-20', '12:00')
  assert.equal(on('end of school day', noon), '2026-11-20T13:30:00.000Z')
  assert.equal(on('before child leaves', noon), '2026-11-20T13:30:00.000Z')
  assert.equal(on('before child leaves', noon, '15:15' as LocalTime), '2026-11-20T13:30:00.000Z')
  assert.equal(on('before child leaves', noon, '12:45' as LocalTime), '2026-11-20T12:45:00.000Z')
  assert.equal(on('30 minutes before child leaves', noon, '15:15' as LocalTime), '2026-11-20T13:00:00.000Z')
  assert.equal(on('end of school day', friday), '2026-11-20T23:59:59.000Z')
  assert.equal(on('end of school day', at('2026-11-19', '12:00')), '2026-11-19T15:20:00.000Z')
})

test('[time.moment-passed] after the child has left, and on days without school, the day itself is the limit', () => {
  assert.equal(due('before child leaves', at('2026-11-20', '15:21')), '2026-11-20T23:59:59.000Z')
  assert.equal(due('before child leaves', at('2026-11-20', '15:16'), '15:15'), '2026-11-20T23:59:59.000Z')
  assert.equal(due('before child leaves', at('2026-11-21', '10:00')), '2026-11-21T23:59:59.000Z')
  assert.equal(due('end of school day', at('2026-10-28', '10:00')), '2026-10-28T23:59:59.000Z')
  assert.equal(due('30 minutes before child leaves', friday, '15:15'), '2026-11-20T14:45:00.000Z')
  assert.equal(due('30 minutes before child leaves', at('2026-11-20', '14:46'), '15:15'), '2026-11-20T15:15:00.000Z')
  assert.equal(due('30 minutes before child leaves', at('2026-11-20', '15:21')), '2026-11-20T23:59:59.000Z')
  assert.equal(due('before child leaves', at('2026-11-20', '15:20')), '2026-11-20T15:20:00.000Z')
})

test('[time.elapsed-hours] hours are elapsed hours over the night when the clocks change', () => {
  assert.equal(due('24 hours', at('2026-10-24', '12:00')), at('2026-10-25', '11:00'))
})

test('[time.day-zero] day zero is the date in London, not in Greenwich', () => {
  assert.equal(due('1 calendar day', '2026-06-30T23:30:00.000Z' as Instant), '2026-07-02T22:59:59.000Z')
})

test('nothing is ever due before it starts, and days end at the last second of a day', () => {
  const instants = fc
    .integer({ min: Date.UTC(2026, 0) / 1000, max: Date.UTC(2029, 0) / 1000 })
    .map(seconds => instantOf(seconds * 1000))
  const counted = fc.tuple(
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom('calendar days', 'working days', 'school days', 'weeks', 'terms'),
  )
  fc.assert(
    fc.property(instants, counted, (from, [count, unit]) => {
      const moment = due(`${count} ${unit}`, from)
      assert.ok(moment && moment > from)
      assert.equal(moment, endOfDay(localDate(moment)))
      if (unit === 'calendar days') assert.equal(daysBetween(localDate(from), localDate(moment)), count)
      if (unit === 'working days') assert.ok(moment >= endOfDay(addDays(localDate(from), count)))
    }),
  )
  const moments = fc.constantFrom('immediately', 'same day', 'before child leaves', 'end of school day')
  fc.assert(fc.property(instants, moments, (from, words) => (due(words, from) ?? '') >= from))
})

test('every form that the fault message offers is understood, and said again in words', () => {
  for (const form of durationForms) {
    const duration = parseDuration(form.replace('N ', '3 '))
    assert.ok(duration, form)
    assert.match(form.replace('N ', '3 '), durationPattern)
    assert.notEqual(durationInWords(duration), '')
  }
  assert.equal(durationInWords({ unit: 'working-days', count: 1 }), 'within 1 working day')
  for (const text of ['5 days', '0 hours', 'soon', '1.5 hours', '-1 hours', '3 fortnights', '', 'constructor'])
    assert.equal(parseDuration(text), undefined, text)
})

test('[time.month-to-a-working-day] a month from any day ends on the same date of the next, on its last day where there is none, and never on a day of rest', () => {
  const named: [string, string][] = [
    ['2027-01-31', '2027-03-01'], // Sunday 28 February
    ['2028-01-31', '2028-02-29'],
    ['2026-08-31', '2026-09-30'],
    ['2026-11-25', '2026-12-29'], // Christmas, Boxing Day kept on Monday
    ['2026-09-03', '2026-10-05'],
  ]
  for (const [from, to] of named)
    assert.equal(due('1 month to a working day', at(from, '09:00')), endOfDay(to as PlainDate), from)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3650 }), fc.constantFrom(1, 3), (days, months) => {
      const from = addDays('2021-01-01' as PlainDate, days)
      const corresponding = Temporal.PlainDate.from(from).add({ months }).toString() as PlainDate
      const ends = due(months === 1 ? '1 month to a working day' : '3 months to a working day', at(from, '00:00'))
      assert.ok(ends)
      const last = localDate(ends)
      assert.ok(isWorkingDay(last) && last >= corresponding, `${from} to ${last}`)
      for (let day = corresponding; day < last; day = addDays(day, 1)) assert.ok(!isWorkingDay(day), `${from}: ${day}`)
    }),
  )
})
