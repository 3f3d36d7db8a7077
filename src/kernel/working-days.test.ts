import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PlainDate } from './plain-date.ts'
import { addDays, daysBetween } from './plain-date.ts'
import { addSchoolDays, addTerms, isSchoolDay } from './school-days.ts'
import { addWorkingDays, isWorkingDay } from './working-days.ts'

const dates = fc.integer({ min: 0, max: 4000 }).map(days => addDays('2021-01-01' as PlainDate, days))
const span = (from: string, to: string) => ({ from: from as PlainDate, to: to as PlainDate })
const calendar = {
  terms: [span('2026-09-02', '2026-12-18'), span('2027-01-04', '2027-03-25'), span('2027-04-12', '2027-07-21')],
  closures: [span('2026-10-26', '2026-10-30'), span('2026-11-27', '2026-11-27'), span('2027-05-31', '2027-06-04')],
}
const day = (text: string) => text as PlainDate

test('[time.day-zero] one working day after a Friday, a Saturday and a Sunday is the Monday; over a bank holiday, the Tuesday', () => {
  for (const from of ['2026-11-20', '2026-11-21', '2026-11-22']) assert.equal(addWorkingDays(day(from), 1), '2026-11-23')
  assert.equal(addWorkingDays(day('2026-08-28'), 1), '2026-09-01')
  assert.equal(addWorkingDays(day('2026-12-24'), 1), '2026-12-29')
})

test('so many working days later there are exactly so many working days between', () => {
  fc.assert(
    fc.property(dates, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const to = addWorkingDays(from, count)
      const between = Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index + 1))
      assert.equal(between.filter(isWorkingDay).length, count)
      assert.ok(isWorkingDay(to))
    }),
  )
})

test('[time.school-day] children are not at school in half term, on training days, in the holidays and on bank holidays', () => {
  for (const date of ['2026-10-28', '2026-11-27', '2026-12-22', '2027-05-03', '2026-11-21'])
    assert.equal(isSchoolDay(day(date), calendar), false, date)
  for (const date of ['2026-09-02', '2026-11-26', '2027-07-21']) assert.equal(isSchoolDay(day(date), calendar), true, date)
})

test('ten school days skip the half term', () => {
  assert.equal(addSchoolDays(day('2026-10-19'), 10, calendar), '2026-11-09')
  assert.equal(addSchoolDays(day('2026-12-18'), 1, calendar), '2027-01-04')
})

test('[time.beyond-terms] after the last published term every working day counts, so that no clock runs for ever', () => {
  assert.equal(addSchoolDays(day('2027-07-21'), 2, calendar), '2027-07-23')
  assert.equal(addTerms(day('2027-05-10'), 1, calendar), '2027-08-09')
})

test('[time.terms] one term from a date in autumn ends with spring, from the Christmas holidays likewise', () => {
  assert.equal(addTerms(day('2026-11-20'), 1, calendar), '2027-03-25')
  assert.equal(addTerms(day('2026-12-25'), 1, calendar), '2027-03-25')
})
