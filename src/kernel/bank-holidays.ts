import type { PlainDate } from './plain-date.ts'
import { addDays, plainDate, weekday } from './plain-date.ts'

/**
 * Bank holidays of England and Wales, by rule (Banking and Financial Dealings Act 1971 and the yearly proclamations), so that
 * a clock set for years ahead needs no list. What a proclamation moves or adds is data: `moved` and `added` below.
 */
const moved: Readonly<Record<string, string>> = {
  '2020-05-04': '2020-05-08', // 75 years since VE Day
  '2012-05-28': '2012-06-04', // Diamond Jubilee
  '2022-05-30': '2022-06-02', // Platinum Jubilee
}
const added: readonly string[] = [
  '2011-04-29', // royal wedding
  '2012-06-05', // Diamond Jubilee
  '2022-06-03', // Platinum Jubilee
  '2022-09-19', // state funeral
  '2023-05-08', // coronation
]

const byYear = new Map<number, ReadonlySet<string>>()

/** Whether banks are closed in England and Wales that day, substitute days included. */
export function isBankHoliday(date: PlainDate): boolean {
  const year = Number(date.slice(0, 4))
  let holidays = byYear.get(year)
  if (!holidays) {
    holidays = new Set(bankHolidays(year))
    byYear.set(year, holidays)
  }
  return holidays.has(date)
}

/** The bank holidays of a year in their order; a holiday that falls on a weekend is given by its substitute day. */
export function bankHolidays(year: number): readonly PlainDate[] {
  const easter = easterSunday(year)
  const regular = [
    substituted(day(year, 1, 1)),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
    // Both Christmas days move by two, so that neither lands on the other's substitute.
    ...[day(year, 12, 25), day(year, 12, 26)].map(date => (weekday(date) > 5 ? addDays(date, 2) : date)),
  ].map(date => (moved[date] as PlainDate | undefined) ?? date)
  const proclaimed = added.filter(date => date.startsWith(`${year}-`)) as PlainDate[]
  return [...regular, ...proclaimed].toSorted()
}

function day(year: number, month: number, dayOfMonth: number): PlainDate {
  const date = plainDate(year, month, dayOfMonth)
  if (date === undefined) throw new RangeError(`no such date: ${year}-${month}-${dayOfMonth}`)
  return date
}

function substituted(date: PlainDate): PlainDate {
  const weekdayOfDate = weekday(date)
  return weekdayOfDate > 5 ? addDays(date, 8 - weekdayOfDate) : date
}

function firstMonday(year: number, month: number): PlainDate {
  const first = day(year, month, 1)
  return addDays(first, (8 - weekday(first)) % 7)
}

function lastMonday(year: number, month: number): PlainDate {
  const last = day(year, month, 31)
  return addDays(last, 1 - weekday(last))
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
function easterSunday(year: number): PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return day(year, Math.floor(n / 31), (n % 31) + 1)
}
