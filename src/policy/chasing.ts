/** When the answer to a referral is asked for, and by when a stage of taking it further is answered. Pure. */
import { localDate, toInstant, toLocal } from '../kernel/london-time.ts'
import type { Instant, PlainDate } from '../kernel/plain-date.ts'
import { addWorkingDays, isWorkingDay } from '../kernel/working-days.ts'
import { dueAt } from './clock-time.ts'
import type { Agency, Duration, Profile, Sourced } from './profile.ts'

/** The time after which a missing answer is asked for: the receiving authority's for social care, else the agency's. */
export function chaseRule(
  profile: Profile,
  referral: { readonly agency: Agency; readonly authority: string | null },
): Sourced<Duration> | undefined {
  const ofAuthority =
    referral.agency === 'social-care'
      ? profile.referrals.find(({ authority }) => authority === referral.authority)?.chased
      : undefined
  return ofAuthority ?? profile.referring.chased.find(({ agencies }) => agencies.includes(referral.agency))
}

const units = ['minutes', 'hours', 'immediately'] as const satisfies readonly Duration['unit'][]

/**
 * When a missing answer is asked for, counted from when the referral was made or the answer asked for last. On a day on which no
 * authority works nobody can be asked: the same time of the next working day stands in. A time in days comes as the school opens.
 */
export function chaseAt(
  profile: Profile,
  referral: { readonly agency: Agency; readonly authority: string | null },
  from: Instant,
): Instant | undefined {
  const rule = chaseRule(profile, referral)
  const due = rule && dueAt(rule.value, from, profile.calendar)
  if (!rule || !due) return undefined
  const { date, time } = toLocal(due)
  const isExact = units.some(unit => unit === rule.value.unit)
  if (isExact && isWorkingDay(date)) return due
  const day = isWorkingDay(date) ? date : addWorkingDays(date, 1)
  return toInstant(day, isExact ? time : profile.calendar.dayStarts)
}

/** Whether whoever refers may set the day on which a missing answer is asked for: not where its time is short enough to be in hours. */
export function isAskedOnADay(
  profile: Profile,
  referral: { readonly agency: Agency; readonly authority: string | null },
): boolean {
  const unit = chaseRule(profile, referral)?.value.unit
  return unit === undefined || !units.some(exact => exact === unit)
}

/** When the answer is asked for where whoever referred set a day: then, unless a time in hours comes before it. */
export function chaseOn(
  profile: Profile,
  referral: { readonly agency: Agency; readonly authority: string | null },
  day: PlainDate,
  otherwise: Instant | null,
): Instant {
  const atDay = toInstant(isWorkingDay(day) ? day : addWorkingDays(day, 1), profile.calendar.dayStarts)
  return otherwise !== null && otherwise < atDay && !isAskedOnADay(profile, referral) ? otherwise : atDay
}

/** The day by which whoever was turned to answers; undefined where no layer says. */
export function stageAnsweredOn(profile: Profile, from: Instant): PlainDate | undefined {
  const rule = profile.referring.stageAnswered
  const due = rule && dueAt(rule.value, from, profile.calendar)
  return due ? localDate(due) : undefined
}
