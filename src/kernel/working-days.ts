import { isBankHoliday } from './bank-holidays.ts'
import type { PlainDate } from './plain-date.ts'
import { addDays, weekday } from './plain-date.ts'

/** Monday to Friday, bank holidays of England and Wales excepted. */
export function isWorkingDay(date: PlainDate): boolean {
  return weekday(date) <= 5 && !isBankHoliday(date)
}

/** The working day so many after the date. Day zero is the date itself, working day or not: one after a Saturday is the Monday. */
export function addWorkingDays(date: PlainDate, count: number): PlainDate {
  return addCountedDays(date, count, isWorkingDay)
}

/** The day on which the count of counted days after the date is reached. */
export function addCountedDays(date: PlainDate, count: number, counts: (date: PlainDate) => boolean): PlainDate {
  let reached = date
  for (let left = count; left > 0; ) {
    reached = addDays(reached, 1)
    if (counts(reached)) left--
  }
  return reached
}
