/** What a file's dates and concerns come to. Pure. */
import { localDate } from '../../kernel/london-time.ts'
import { byText } from '../../kernel/ordering.ts'
import { addDays, daysBetween, type Instant, type PlainDate, partsOf } from '../../kernel/plain-date.ts'
import { dayEndsOn, isSchoolDay } from '../../kernel/school-days.ts'
import type { SchoolCalendar } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Author, FileStatus, Occasion, Point } from './model.ts'

/** Whole years on a day. */
export function ageOn(born: PlainDate, day: PlainDate): number {
  const [birth, now] = [partsOf(born), partsOf(day)]
  const hadBirthday = now.month > birth.month || (now.month === birth.month && now.day >= birth.day)
  return now.year - birth.year - (hadBirthday ? 0 : 1)
}

export function holdsOn(status: Pick<FileStatus, 'startsOn' | 'endsOn'>, day: PlainDate): boolean {
  return status.startsOn <= day && (status.endsOn === null || status.endsOn >= day)
}

/** The roles that somebody held when they wrote something, not those they hold now. */
export function rolesAt(author: Pick<Author, 'appointments'>, at: Instant): readonly RoleId[] {
  return author.appointments
    .filter(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || endsAt > at))
    .map(({ role }) => role)
}

/** A stretch of days on which nothing is recorded, its ends left out. */
export interface Gap {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly days: number
}

/** The longest silences of a file, at least four weeks each, up to today; in the order of time. */
export function gapsIn(points: readonly Pick<Point, 'on'>[], today: PlainDate, most: number): readonly Gap[] {
  const days = [...new Set(points.map(point => point.on))].filter(day => day <= today).toSorted(byText)
  const gaps = days.map((day, index): Gap => {
    const next = days[index + 1] ?? addDays(today, 1)
    return { from: addDays(day, 1), to: addDays(next, -1), days: daysBetween(day, next) - 1 }
  })
  return gaps
    .filter(gap => gap.days >= 28)
    .toSorted((a, b) => b.days - a.days)
    .slice(0, most)
    .toSorted((a, b) => byText(a.from, b.from))
}

export interface Count {
  readonly key: string
  readonly count: number
}

/** Concerns in each month from the first to the last, the empty months too; the months before the last `most` are one row. */
export function byMonth(
  occasions: readonly Occasion[],
  most: number,
): { readonly months: readonly Count[]; readonly before: number } {
  const months = occasions.map(({ on }) => on.slice(0, 7)).toSorted(byText)
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return { months: [], before: 0 }
  const all: Count[] = []
  for (let month = first; month <= last; month = nextMonth(month)) {
    all.push({ key: month, count: months.filter(one => one === month).length })
  }
  return { months: all.slice(-most), before: all.slice(0, -most).reduce((sum, { count }) => sum + count, 0) }
}

function nextMonth(month: string): string {
  const { year, month: number } = partsOf(`${month}-01` as PlainDate)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** How often each stands there, the most frequent first. A concern of two categories counts in both. */
export function tally(keys: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].map(([key, count]) => ({ key, count })).toSorted((a, b) => b.count - a.count || byText(a.key, b.key))
}

export const partsOfDay = ['before-school', 'morning', 'afternoon', 'after-school', 'no-school', 'no-time'] as const
export type PartOfDay = (typeof partsOfDay)[number]

/** When in the school's day something happened. A day without school is told apart: what happens then happens at home. */
export function partOfDay(occasion: Pick<Occasion, 'on' | 'time' | 'undated'>, calendar: SchoolCalendar): PartOfDay {
  if (occasion.undated) return 'no-time'
  if (!isSchoolDay(occasion.on, calendar)) return 'no-school'
  if (occasion.time === null) return 'no-time'
  if (occasion.time < calendar.dayStarts) return 'before-school'
  if (occasion.time >= dayEndsOn(occasion.on, calendar)) return 'after-school'
  return occasion.time < '12:00' ? 'morning' : 'afternoon'
}

/** Places as they were written, those that differ only in case or blanks counted as one. */
export function places(occasions: readonly Occasion[], most: number): readonly Count[] {
  const written = new Map<string, string>()
  const keys = occasions.flatMap(({ place }) => {
    const text = place?.replaceAll(/\s+/g, ' ').trim()
    if (!text) return []
    const key = text.toLocaleLowerCase('en-GB')
    if (!written.has(key)) written.set(key, text)
    return [key]
  })
  return tally(keys)
    .slice(0, most)
    .map(({ key, count }) => ({ key: written.get(key) ?? key, count }))
}

/** How something that is due stands. */
export function dueState(due: Instant | PlainDate | null, now: Instant): 'overdue' | 'due-today' | 'later' | 'no-time' {
  if (due === null) return 'no-time'
  const isDay = due.length === 10
  const today = localDate(now)
  const day = isDay ? (due as PlainDate) : localDate(due as Instant)
  if (isDay ? day < today : due < now) return 'overdue'
  return day === today ? 'due-today' : 'later'
}
