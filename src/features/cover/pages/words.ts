import { dateInWords, dayInWords, localDate, timeInWords, toLocal } from '../../../kernel/london-time.ts'
import { addDays, type Instant, type PlainDate } from '../../../kernel/plain-date.ts'
import type { CoverRules } from '../../../policy/profile.ts'
import type { AbsenceReason, CoverKind, CoverRefusal, Span, Stretch } from '../model.ts'

export const kindNames: Readonly<Record<CoverKind, string>> = {
  'school-day': 'School day',
  trip: 'Trip',
  holiday: 'School holiday',
  'out-of-hours': 'Out of school hours',
  'stand-in': 'Standing in',
}

export const reasonNames: Readonly<Record<AbsenceReason, string>> = {
  out: 'Out of school',
  trip: 'On a trip',
  holiday: 'On holiday',
  ill: 'Ill',
  training: 'On a course',
  leave: 'On leave',
}

const refusals: Readonly<Record<CoverRefusal, string>> = {
  'not-of-the-team': 'Choose somebody who holds a role of the safeguarding team then.',
  'on-duty-then': 'They are on duty already in part of that time.',
  'over-already': 'This was over already.',
  'no-such-duty': 'This duty is no longer on the rota.',
  'no-such-absence': 'This is no longer in the list.',
}

/** Why something was not done, in a sentence. */
export function refusalSays(refusal: CoverRefusal): string {
  return refusals[refusal]
}

function timeOn(instant: Instant, date: PlainDate): string {
  const local = toLocal(instant)
  if (local.date === date) return timeInWords(local.time)
  if (local.time === '00:00' && local.date === addDays(date, 1)) return 'midnight'
  return `${timeInWords(local.time)} on ${dateInWords(local.date)}`
}

/** "8:40am to 3:10pm", with the dates of what reaches beyond the day. */
export function stretchOn(stretch: Stretch, date: PlainDate): string {
  return `${timeOn(stretch.startsAt, date)} to ${timeOn(stretch.endsAt, date)}`
}

/** "for the rest of today", "until 3:10pm", "until the end of Friday 20 November 2026", "until they say that they are back". */
export function outUntil(span: Pick<Span, 'endsAt'>, now: Instant): string {
  if (span.endsAt === null) return 'until they say that they are back'
  const end = toLocal(span.endsAt)
  if (end.time === '23:59' || end.time === '00:00') {
    const last = end.time === '00:00' ? addDays(end.date, -1) : end.date
    return last === localDate(now) ? 'for the rest of today' : `until the end of ${dayInWords(last)}`
  }
  return end.date === localDate(now)
    ? `until ${timeInWords(end.time)}`
    : `until ${timeInWords(end.time)} on ${dayInWords(end.date)}`
}

/** "from 23 November 2026" for what is still to come. */
export function outFrom(span: Span, now: Instant): string {
  return span.startsAt > now ? `from ${dayInWords(localDate(span.startsAt))} ` : ''
}

/** "in the morning", "in the afternoon", "in the morning and the afternoon". */
export function partOfDay(stretch: Stretch): string {
  const morning = toLocal(stretch.startsAt).time < '12:00'
  const afternoon = toLocal(stretch.endsAt).time > '12:00'
  return morning && afternoon ? 'in the morning and the afternoon' : morning ? 'in the morning' : 'in the afternoon'
}

/** What is not on site, where it is deputies. */
export function deputiesMissing(cover: Pick<CoverRules, 'deputiesMin'>): string {
  const { value } = cover.deputiesMin
  return value === 1 ? 'No deputy on site' : `Fewer than ${value} deputies on site`
}
