import type { LocalTime, PlainDate } from './plain-date.ts'
import { addDays } from './plain-date.ts'
import { addCountedDays, isWorkingDay } from './working-days.ts'

interface Span {
  readonly from: PlainDate
  readonly to: PlainDate
}

/** When children attend: terms, less half terms, training days and other closures. */
export interface TermCalendar {
  readonly terms: readonly Span[]
  readonly closures: readonly Span[]
}

/** When the school day ends: on most days, and on those that end earlier. */
export interface DayEnds {
  readonly dayEnds: LocalTime
  readonly partDays?: readonly { readonly date: PlainDate; readonly ends: LocalTime }[] | undefined
}

/** When the school day of that date ends. */
export function dayEndsOn(date: PlainDate, { dayEnds, partDays = [] }: DayEnds): LocalTime {
  return partDays.find(day => day.date === date)?.ends ?? dayEnds
}

/** When a child leaves on that date: at their own time or, where none is known or the day ends before it, when the day ends. */
export function childLeavesOn(date: PlainDate, calendar: DayEnds, ownTime?: LocalTime | null): LocalTime {
  const partDay = calendar.partDays?.find(day => day.date === date)
  if (!ownTime) return partDay?.ends ?? calendar.dayEnds
  return partDay && partDay.ends < ownTime ? partDay.ends : ownTime
}

/**
 * Whether children attend that day. Outside the years for which terms are published every working day counts as one: a clock
 * then ends too early rather than too late or never.
 */
export function isSchoolDay(date: PlainDate, calendar: TermCalendar): boolean {
  if (!isWorkingDay(date)) return false
  if (!isPublished(date, calendar)) return true
  return isWithin(date, calendar.terms) && !isWithin(date, calendar.closures)
}

/** The school day so many after the date. Day zero is the date itself, school day or not. */
export function addSchoolDays(date: PlainDate, count: number, calendar: TermCalendar): PlainDate {
  return addCountedDays(date, count, day => isSchoolDay(day, calendar))
}

/**
 * The last day of the term so many terms after the one that the date stands in, or after the one before it in a holiday. "One
 * term" from a date in autumn ends with the spring term. Past the published terms a term is counted as 13 weeks.
 */
export function addTerms(date: PlainDate, count: number, calendar: TermCalendar): PlainDate {
  const ends = calendar.terms.map(term => term.to).toSorted()
  const current = calendar.terms.filter(term => term.from <= date).length - 1
  const reached = ends[current + count]
  if (reached !== undefined && isPublished(date, calendar)) return reached
  return addDays(date, 91 * count)
}

/** The last day of the term that the date stands in, or in a holiday of the next one. */
export function endOfTerm(date: PlainDate, { terms }: TermCalendar): PlainDate {
  const ends = terms.map(term => term.to).toSorted()
  return ends.find(to => to >= date) ?? addDays(date, 91)
}

/** The last day of the autumn term that the date stands in, or of the next one. */
export function endOfAutumnTerm(date: PlainDate, { terms }: TermCalendar): PlainDate {
  const next = terms.filter(isAutumn).find(term => term.to >= date)
  return next?.to ?? usualInAutumn(date, '12-20')
}

/** The first day of the autumn term that begins next after the date. */
export function autumnTermAfter(date: PlainDate, { terms }: TermCalendar): PlainDate {
  const next = terms.filter(isAutumn).find(term => term.from > date)
  return next?.from ?? usualInAutumn(addDays(date, 1), '09-01')
}

/** The same for what was done for the term to come: in the summer holidays, the autumn term after the one that begins then. */
export function secondAutumnTermAfter(date: PlainDate, calendar: TermCalendar): PlainDate {
  const next = autumnTermAfter(date, calendar)
  const nextTerm = calendar.terms
    .map(({ from }) => from)
    .toSorted()
    .find(from => from > date)
  return isWithin(date, calendar.terms) || nextTerm !== next ? next : autumnTermAfter(next, calendar)
}

/** The school year begins with it, whatever a school calls its terms. Of an autumn in two halves it is the first: the earlier end. */
function isAutumn({ from }: Span): boolean {
  return ['08', '09'].includes(from.slice(5, 7))
}

/** Past the published terms: the month and day of this year, or of the next once it has passed. */
function usualInAutumn(date: PlainDate, monthAndDay: string): PlainDate {
  const year = Number(date.slice(0, 4))
  const ofThisYear = `${year}-${monthAndDay}` as PlainDate
  return ofThisYear >= date ? ofThisYear : (`${year + 1}-${monthAndDay}` as PlainDate)
}

function isPublished(date: PlainDate, { terms }: TermCalendar): boolean {
  return terms.some(term => term.from <= date) && terms.some(term => date <= term.to)
}

function isWithin(date: PlainDate, spans: readonly Span[]): boolean {
  return spans.some(span => span.from <= date && date <= span.to)
}
