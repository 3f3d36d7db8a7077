import type { Branded } from './ids.ts'

/**
 * A calendar date `YYYY-MM-DD` without a time or zone. Not a `Date`: midnight in London is the day before in UTC for half
 * the year, and a birthday has no zone.
 */
export type PlainDate = Branded<string, 'PlainDate'>

/** A moment, ISO 8601 in UTC with milliseconds (`2026-11-20T14:10:00.000Z`). */
export type Instant = Branded<string, 'Instant'>

/** A time of day on a wall clock in London, `HH:MM`. */
export type LocalTime = Branded<string, 'LocalTime'>

/** Days of the week as ISO 8601 counts them: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const dayInMs = 86_400_000
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/

/** The date if the text is one that the calendar has: 30 February is none. */
export function parsePlainDate(text: string): PlainDate | undefined {
  const [, year, month, day] = datePattern.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined || Number(year) < 1) return undefined
  return plainDate(Number(year), Number(month), Number(day))
}

/** The date of these three numbers, if the calendar has it. */
export function plainDate(year: number, month: number, day: number): PlainDate | undefined {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? isoDay(date.getTime()) : undefined
}

/** The time of day if the text is `HH:MM` on a 24-hour clock. */
export function parseLocalTime(text: string): LocalTime | undefined {
  return timePattern.test(text) ? (text as LocalTime) : undefined
}

/** The instant if the text is an ISO 8601 moment that carries its zone. */
export function parseInstant(text: string): Instant | undefined {
  const zoned = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.exec(text)
  const inMs = zoned?.[1] !== undefined && parsePlainDate(zoned[1]) !== undefined ? Date.parse(text) : Number.NaN
  return Number.isNaN(inMs) ? undefined : instantOf(inMs)
}

/** The instant so many milliseconds after the Unix epoch. */
export function instantOf(epochInMs: number): Instant {
  return new Date(epochInMs).toISOString() as Instant
}

/** Milliseconds from the Unix epoch to the instant. */
export function epochInMs(instant: Instant): number {
  return Date.parse(instant)
}

/** The date so many days later, or earlier where the count is negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return isoDay(Date.parse(date) + days * dayInMs)
}

/** The date so many months later; where the month is too short, its last day (31 January + 1 month is 28 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const first = new Date(0)
  first.setUTCFullYear(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 0)
  first.setUTCDate(Math.min(day, first.getUTCDate()))
  return isoDay(first.getTime())
}

/** Days from the first date to the second; negative where the second is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayInMs)
}

/** The day of the week, Monday being 1. */
export function weekday(date: PlainDate): Weekday {
  return (((new Date(date).getUTCDay() + 6) % 7) + 1) as Weekday
}

/** Sorts earlier before later. Works for dates, times and instants alike, because each is written so that text order is time order. */
export function compare<T extends PlainDate | Instant | LocalTime>(a: T, b: T): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Year, month and day as numbers. */
export function partsOf(date: PlainDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function isoDay(epochInMs: number): PlainDate {
  return new Date(epochInMs).toISOString().slice(0, 10) as PlainDate
}
