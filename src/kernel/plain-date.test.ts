import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  addMonths,
  compare,
  daysBetween,
  type PlainDate,
  parseInstant,
  parseLocalTime,
  parsePlainDate,
  weekday,
} from './plain-date.ts'

const dates = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2110-12-31'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10) as PlainDate)

test('a date that the calendar lacks is no date', () => {
  for (const text of [
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20-11-2026',
    '0000-01-01',
    '',
    '2026-11-20T00:00',
  ])
    assert.equal(parsePlainDate(text), undefined, text)
  assert.equal(parsePlainDate('2028-02-29'), '2028-02-29')
})

test('a time of day has twenty-four hours', () => {
  assert.equal(parseLocalTime('23:59'), '23:59')
  for (const text of ['24:00', '9:05', '12:60', '12:00:00']) assert.equal(parseLocalTime(text), undefined, text)
})

test('a moment without its zone, or on a date that does not exist, is no moment', () => {
  assert.equal(parseInstant('2026-11-20T14:10:00Z'), '2026-11-20T14:10:00.000Z')
  assert.equal(parseInstant('2026-07-01T00:30:00+01:00'), '2026-06-30T23:30:00.000Z')
  for (const text of ['2026-11-20T14:10:00', '2026-02-30T10:00:00Z', 'today', '2026-11-20'])
    assert.equal(parseInstant(text), undefined, text)
})

test('adding days and counting them are each other’s inverse', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: -5000, max: 5000 }), (date, days) => daysBetween(date, addDays(date, days)) === days),
  )
})

test('days of the week follow one another', () => {
  assert.equal(weekday('2026-11-20' as PlainDate), 5)
  fc.assert(fc.property(dates, date => weekday(addDays(date, 1)) === (weekday(date) % 7) + 1))
})

test('a month after the last of January is the last of February', () => {
  assert.equal(addMonths('2027-01-31' as PlainDate, 1), '2027-02-28')
  assert.equal(addMonths('2028-02-29' as PlainDate, 12), '2029-02-28')
  assert.equal(addMonths('2026-11-30' as PlainDate, 3), '2027-02-28')
  assert.equal(addMonths('2026-01-31' as PlainDate, -2), '2025-11-30')
})

test('the order of dates is the order of time', () => {
  fc.assert(fc.property(dates, dates, (a, b) => compare(a, b) === Math.sign(daysBetween(b, a))))
})
