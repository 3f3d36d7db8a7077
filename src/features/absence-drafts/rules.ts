/** Which days a pattern looks at, and how a draft becomes a concern. Pure. */
import { dateInWords } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { addDays } from '../../kernel/plain-date.ts'
import { isSchoolDay, type TermCalendar } from '../../kernel/school-days.ts'

// Past this many days back there is no school day to be found: the calendar has none.
const longestInDays = 400

/** The last so many school days up to and with the day, the latest first. */
export function lastSchoolDays(day: PlainDate, count: number, calendar: TermCalendar): readonly PlainDate[] {
  const days: PlainDate[] = []
  for (let back = 0; days.length < count && back < longestInDays; back += 1) {
    const one = addDays(day, -back)
    if (isSchoolDay(one, calendar)) days.push(one)
  }
  return days
}

/** The days in words, as they stand in the account of the concern. */
export function inWords({ says, days }: { readonly says: string; readonly days: readonly PlainDate[] }): string {
  return `${says} Absent on ${days.map(day => dateInWords(day)).join(', ')}.`
}
