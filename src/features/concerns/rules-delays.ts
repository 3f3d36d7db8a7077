/** How long after it happened somebody was told of it and it was written down. */
import { endOfDay, localDate, toInstant } from '../../kernel/london-time.ts'
import { epochInMs, type Instant, type LocalTime, type PlainDate } from '../../kernel/plain-date.ts'
import { childLeavesOn, isSchoolDay } from '../../kernel/school-days.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { Profile } from '../../policy/profile.ts'

/**
 * Is it written on a later day than the school's policy allows for what happened on that day? A policy that names no time
 * cannot be late, and neither can anything of today.
 */
export function isWrittenLate(profile: Profile, happenedOn: PlainDate | null, now: Instant): boolean {
  if (!happenedOn || happenedOn >= localDate(now)) return false
  const rules = profile.clocks.filter(rule => rule.clock === 'record-written' && !rule.when)
  const dues = rules.map(rule => dueAt(rule.duration.value, endOfDay(happenedOn), profile.calendar))
  return dues.some(due => due !== null && due < now)
}

export interface TimesOfConcern {
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  /** When each adult who was told by voice was told. */
  readonly toldAt: readonly Instant[]
  /** When a paper form or a letter was written, or somebody without an account told of it. */
  readonly firstWrittenAt: Instant | null
  readonly recordedAt: Instant
  /** When the child had finished telling, and when the write-up began; absent where nobody said. */
  readonly disclosure?: { readonly endedAt: Instant; readonly beganAt: Instant } | null
}

/** Minutes from one step to the next; null where one of the two is not known or a time was given that cannot be. */
export interface Delays {
  readonly toldInMinutes: number | null
  readonly writtenInMinutes: number | null
  readonly enteredInMinutes: number | null
  readonly begunInMinutes: number | null
}

function minutesBetween(from: Instant | null, to: Instant | null | undefined): number | null {
  if (!from || !to || to < from) return null
  return Math.floor((epochInMs(to) - epochInMs(from)) / 60_000)
}

/** The delays of a concern: to the first telling by voice, to the first writing, and from paper to the record. */
export function delaysOf(times: TimesOfConcern): Delays {
  const happenedAt = times.happenedOn && times.happenedAtTime ? toInstant(times.happenedOn, times.happenedAtTime) : null
  return {
    toldInMinutes: minutesBetween(happenedAt, times.toldAt.toSorted()[0]),
    writtenInMinutes: minutesBetween(happenedAt, times.firstWrittenAt ?? times.recordedAt),
    enteredInMinutes: minutesBetween(times.firstWrittenAt, times.recordedAt),
    begunInMinutes: minutesBetween(times.disclosure?.endedAt ?? null, times.disclosure?.beganAt),
  }
}

/**
 * Was the record written when the child had left, though it was known before? Only where the policy asks for it before the child
 * leaves, and only where the time of knowing is given. `writtenAt` is null while two lines wait to be finished.
 */
export function isWrittenAfterDeparture(
  profile: Pick<Profile, 'clocks' | 'calendar'>,
  times: Omit<TimesOfConcern, 'recordedAt'> & { readonly writtenAt: Instant | null; readonly leavesAt: LocalTime | null },
): boolean {
  const isAsked = profile.clocks.some(
    rule => rule.clock === 'record-written' && rule.duration.value.unit === 'before-child-leaves',
  )
  const happenedAt = times.happenedOn && times.happenedAtTime ? toInstant(times.happenedOn, times.happenedAtTime) : null
  const known = [happenedAt, ...times.toldAt, times.firstWrittenAt, times.disclosure?.endedAt].flatMap(at => at ?? []).sort()[0]
  if (!isAsked || !known || !times.writtenAt) return false
  const day = localDate(known)
  const departs = toInstant(day, childLeavesOn(day, profile.calendar, times.leavesAt))
  // What is written on a later day is late by that already.
  const isSameDay = localDate(times.writtenAt) === day
  return isSameDay && isSchoolDay(day, profile.calendar) && known <= departs && times.writtenAt > departs
}

function counted(count: number, unit: string): string[] {
  return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`]
}

/** "5 minutes", "2 hours 5 minutes", "30 hours 30 minutes"; from two days on "3 days 4 hours". */
export function minutesInWords(minutes: number): string {
  if (minutes < 1) return 'less than a minute'
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return [...counted(Math.floor(hours / 24), 'day'), ...counted(hours % 24, 'hour')].join(' ')
  return [...counted(hours, 'hour'), ...counted(minutes % 60, 'minute')].join(' ')
}

/** "Told by voice 20 minutes after it happened, written down 2 hours 5 minutes after it happened"; null where nothing is known. */
export function delaysInWords(delays: Delays, firstWas: 'written' | 'told'): string | null {
  const after = (minutes: number | null, does: string, what: string) =>
    minutes === null ? [] : [`${does} ${minutesInWords(minutes)} after ${what}`]
  const says = [
    ...after(delays.toldInMinutes, 'told by voice', 'it happened'),
    ...after(
      delays.writtenInMinutes,
      firstWas === 'told' && delays.enteredInMinutes !== null ? 'first told' : 'written down',
      'it happened',
    ),
    ...after(delays.begunInMinutes, 'write-up begun', 'the child had finished telling'),
    ...after(delays.enteredInMinutes, 'entered here', firstWas === 'told' ? 'it was told' : 'it was written'),
  ].join(', ')
  return says === '' ? null : `${says.charAt(0).toUpperCase()}${says.slice(1)}`
}
