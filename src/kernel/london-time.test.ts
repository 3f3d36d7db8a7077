import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import {
  dayInWords,
  endInWords,
  endOfDay,
  momentInWords,
  nearEndInWords,
  nearMomentInWords,
  timeInWords,
  toInstant,
  toLocal,
} from './london-time.ts'
import type { Instant, LocalTime, PlainDate } from './plain-date.ts'
import { instantOf } from './plain-date.ts'

const at = (date: string, time: string) => toInstant(date as PlainDate, time as LocalTime)

test('London is an hour ahead in summer and level in winter', () => {
  assert.equal(at('2026-11-20', '14:10'), '2026-11-20T14:10:00.000Z')
  assert.equal(at('2026-07-01', '14:10'), '2026-07-01T13:10:00.000Z')
  assert.deepEqual(toLocal('2026-06-30T23:30:00.000Z' as Instant), { date: '2026-07-01', time: '00:30' })
})

test('[time.clock-change] the hour that spring skips is the one after it, the hour that autumn repeats is its first', () => {
  assert.equal(at('2027-03-28', '01:30'), '2027-03-28T01:30:00.000Z')
  assert.equal(at('2026-10-25', '01:30'), '2026-10-25T00:30:00.000Z')
})

test('London time agrees with the Temporal calendar at every moment', () => {
  const minutes = fc.integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })
  fc.assert(
    fc.property(minutes, minute => {
      const instant = instantOf(minute * 60_000)
      const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/London')
      const { date, time } = toLocal(instant)
      assert.equal(`${date}T${time}`, zoned.toPlainDateTime().toString().slice(0, 16))
      const back = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime('Europe/London', { disambiguation: 'earlier' })
      assert.equal(toInstant(date, time), instantOf(back.epochMilliseconds))
    }),
    { numRuns: 2000 },
  )
})

test('a day ends at its last second in London', () => {
  assert.equal(endOfDay('2026-07-01' as PlainDate), '2026-07-01T22:59:59.000Z')
  assert.equal(endOfDay('2026-10-25' as PlainDate), '2026-10-25T23:59:59.000Z')
})

test('people read days and times as they say them', () => {
  assert.equal(momentInWords('2026-11-20T14:10:00.000Z' as Instant), 'Friday 20 November 2026 at 2:10pm')
  assert.equal(dayInWords('2026-03-01' as PlainDate), 'Sunday 1 March 2026')
  for (const [time, words] of [
    ['00:00', 'midnight'],
    ['12:00', 'midday'],
    ['09:00', '9am'],
    ['12:30', '12:30pm'],
    ['00:05', '12:05am'],
  ])
    assert.equal(timeInWords(time as LocalTime), words)
  const now = '2026-07-01T10:00:00.000Z' as Instant
  assert.equal(nearMomentInWords('2026-07-01T13:22:00.000Z' as Instant, now), 'today at 14:22')
  assert.equal(nearMomentInWords('2026-06-30T22:59:00.000Z' as Instant, now), 'yesterday at 23:59')
  assert.equal(nearMomentInWords('2026-07-02T14:15:00.000Z' as Instant, now), 'tomorrow at 15:15')
  assert.equal(nearMomentInWords('2026-07-04T14:15:00.000Z' as Instant, now), 'Saturday 4 July 2026 at 3:15pm')
})

test('what ends with a day is said as that day, for nobody keeps a minute before midnight', () => {
  const now = '2026-07-01T10:00:00.000Z' as Instant
  for (const [end, words] of [
    ['2026-07-01T14:15:00.000Z', 'today at 15:15'],
    ['2026-07-01T22:59:59.000Z', 'today'],
    ['2026-07-02T22:59:59.000Z', 'tomorrow'],
    ['2026-06-30T22:59:59.000Z', 'yesterday'],
    ['2026-07-06T22:59:59.000Z', 'Monday 6 July 2026'],
  ])
    assert.equal(nearEndInWords(end as Instant, now), words)
  assert.equal(endInWords('2026-07-02T22:59:59.000Z' as Instant), 'the end of Thursday 2 July 2026')
  assert.equal(endInWords('2026-07-02T14:15:00.000Z' as Instant), 'Thursday 2 July 2026 at 3:15pm')
  // At a weekend people work by days: which one it is is always said.
  const sunday = '2026-07-05T01:28:00.000Z' as Instant
  assert.equal(nearEndInWords('2026-07-05T22:59:59.000Z' as Instant, sunday), 'today, Sunday 5 July 2026')
  assert.equal(nearEndInWords('2026-07-06T22:59:59.000Z' as Instant, sunday), 'tomorrow')
})
