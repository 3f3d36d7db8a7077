/** The calendars of 2021 to 2031 against almanacs that are not ours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Holidays from 'date-holidays'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { testPolicies } from '../../test/support/demonstration.ts'
import { toInstant, toLocal } from '../kernel/london-time.ts'
import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { instantOf } from '../kernel/plain-date.ts'
import { addSchoolDays, isSchoolDay } from '../kernel/school-days.ts'
import { addWorkingDays, isWorkingDay } from '../kernel/working-days.ts'

const almanac = new Holidays('GB', 'ENG')
const from = Temporal.PlainDate.from('2021-01-01')
const dayCount = from.until('2031-12-31').days + 1
const everyDay = Array.from({ length: dayCount }, (_, days) => from.add({ days }))
const policies = testPolicies()

/** As GOV.UK has printed them, substitute days as the days on which offices are closed. */
const printed: Readonly<Record<number, string>> = {
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
}

function closedIn(year: number): ReadonlySet<string> {
  const list = printed[year]
  if (list !== undefined) return new Set(list.split(' ').map(day => `${year}-${day}`))
  const given = almanac.getHolidays(year).filter(({ type }) => type === 'public' || type === 'bank')
  return new Set(given.map(({ date }) => date.slice(0, 10)))
}

const worked = new Set(
  everyDay.filter(day => day.dayOfWeek <= 5 && !closedIn(day.year).has(day.toString())).map(day => day.toString()),
)

test('[time.working-day] offices work on the days of 2021 to 2031 that are printed for England, and on no others', () => {
  const differing = everyDay.map(String).filter(day => isWorkingDay(day as PlainDate) !== worked.has(day))
  assert.deepEqual(differing, [])
})

/** The days counted off one by one in an almanac's list. */
function nth(days: ReadonlySet<string>, after: string, count: number): string | undefined {
  return [...days].filter(day => day > after).at(count - 1)
}

const days = fc.integer({ min: 0, max: dayCount - 200 }).map(index => everyDay[index]?.toString() as PlainDate)

test('so many working days later is the day that counting off the printed list gives', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), (day, count) => {
      assert.equal(addWorkingDays(day, count), nth(worked, day, count))
    }),
  )
})

for (const key of policies.keys) {
  const { calendar } = policies.profile(key, '2026-11-18' as PlainDate)
  const [first, last] = [calendar.terms[0]?.from ?? '', calendar.terms.at(-1)?.to ?? '']
  const attended = new Set<string>()
  for (const term of calendar.terms)
    for (let day = Temporal.PlainDate.from(term.from); day.toString() <= term.to; day = day.add({ days: 1 }))
      if (worked.has(day.toString())) attended.add(day.toString())
  for (const closure of calendar.closures)
    for (let day = Temporal.PlainDate.from(closure.from); day.toString() <= closure.to; day = day.add({ days: 1 }))
      attended.delete(day.toString())

  test(`[time.school-day] ${key} has its terms printed to August 2029 at least, and children come on just those days`, () => {
    assert.ok(last >= '2029-08-31', last)
    const within = everyDay.map(String).filter(day => day >= first && day <= last)
    assert.deepEqual(
      within.filter(day => isSchoolDay(day as PlainDate, calendar) !== attended.has(day)),
      [],
    )
    // Some 195 days a year, less what falls to training days and holidays of the school's own.
    for (const year of [2026, 2027, 2028]) {
      const inYear = [...attended].filter(day => day >= `${year}-09-01` && day <= `${year + 1}-08-31`).length
      assert.ok(inYear >= 185 && inYear <= 197, `${inYear} days from September ${year}`)
    }
  })

  test(`so many school days later at ${key} is the day that counting off its terms gives`, () => {
    const published = days.filter(day => day >= first && (nth(attended, day, 30) ?? '') !== '' && day < last)
    fc.assert(
      fc.property(published, fc.integer({ min: 1, max: 30 }), (day, count) => {
        assert.equal(addSchoolDays(day, count, calendar), nth(attended, day, count))
      }),
      { numRuns: 50 },
    )
  })
}

/** Summer Time Act 1972: from one in the morning in Greenwich on the last Sunday of March to the last of October. */
function changeIn(year: number, month: 2 | 9): number {
  const last = new Date(Date.UTC(year, month, 31, 1))
  return last.getTime() - last.getUTCDay() * 86_400_000
}

function isSummer(inMs: number): boolean {
  const year = new Date(inMs).getUTCFullYear()
  return inMs >= changeIn(year, 2) && inMs < changeIn(year, 9)
}

test('[time.clock-change] London’s clocks from 2021 to 2031 are those of the Act, to the minute of each change', () => {
  const check = (inMs: number) => {
    const { date, time } = toLocal(instantOf(inMs))
    const shown = new Date(inMs + (isSummer(inMs) ? 3_600_000 : 0)).toISOString()
    assert.equal(`${date}T${time}`, shown.slice(0, 16))
    // What the clocks show leads back, but for the hour that they show twice, which is its first.
    const back = Date.parse(toInstant(date, time as LocalTime))
    const isTwice = !isSummer(inMs) && isSummer(inMs - 3_600_000)
    assert.equal(back, isTwice ? inMs - 3_600_000 : inMs)
  }
  for (let year = 2021; year <= 2031; year += 1)
    for (const month of [2, 9] as const)
      for (let minute = -180; minute <= 180; minute += 1) check(changeIn(year, month) + minute * 60_000)
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2021, 0) / 60_000, max: Date.UTC(2031, 11, 31) / 60_000 }), minute =>
      check(minute * 60_000),
    ),
  )
})
