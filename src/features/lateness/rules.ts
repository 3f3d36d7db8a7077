/** Which records were written late or after a delay, and by whom. Pure. */
import { addDays, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { Duration, Profile, SchoolCalendar } from '../../policy/profile.ts'
import { isAfterDeparture } from '../accounts/rules.ts'
import { delaysOf, isWrittenAfterDeparture, isWrittenLate, minutesInWords } from '../concerns/rules-delays.ts'
import type { LatenessFacts, Period, RecordTimes, WriterCount } from './model.ts'

export const latenessKinds = ['later-day', 'after-departure', 'delayed-start', 'account-late'] as const
export type LatenessKind = (typeof latenessKinds)[number]

export interface Fault {
  readonly kind: LatenessKind
  readonly says: string
}

export interface LateRecord {
  readonly record: RecordTimes
  readonly faults: readonly Fault[]
}

export interface WriterLateness extends WriterCount {
  readonly late: number
}

export interface Lateness {
  readonly total: number
  readonly late: readonly LateRecord[]
  readonly counts: Readonly<Record<LatenessKind, number>>
  readonly writers: readonly WriterLateness[]
}

/** The last days, and the terms that have begun, the latest first. */
export function periodsUntil(calendar: SchoolCalendar, today: PlainDate): readonly Period[] {
  const before = addDays(today, 1)
  const last = (days: number): Period => ({
    id: `days-${days}`,
    name: `The last ${days} days`,
    from: addDays(before, -days),
    before,
  })
  const terms = calendar.terms.filter(term => term.from <= today)
  return [
    last(28),
    last(7),
    ...terms
      .map((term, index): Period => {
        const next = calendar.terms[index + 1]
        return {
          id: `term-${term.from}`,
          name: term.name,
          from: term.from,
          before: next && next.from <= today ? next.from : before,
        }
      })
      .toReversed(),
  ]
}

function minutesOf(duration: Duration): number {
  if (!('count' in duration)) return 0
  return duration.unit === 'hours' ? duration.count * 60 : duration.unit === 'minutes' ? duration.count : 0
}

function accountFaults(record: RecordTimes, now: Instant): readonly Fault[] {
  return record.awaited.flatMap(({ name, dueAt, metAt, departsAt }): Fault[] => {
    if (isAfterDeparture({ departsAt, metAt }))
      return [{ kind: 'after-departure', says: `The account of ${name} was written after departure: the child had left.` }]
    if (dueAt === null || (metAt ?? now) <= dueAt) return []
    return [{ kind: 'account-late', says: metAt ? `The account of ${name} came late.` : `The account of ${name} is overdue.` }]
  })
}

/** What was late in one record; empty where nothing was. */
export function faultsOf(profile: Profile, record: RecordTimes, now: Instant): readonly Fault[] {
  const { begunInMinutes } = delaysOf(record)
  const within = profile.accounts ? minutesOf(profile.accounts.writeUpWithin.value) : 0
  const accounts = accountFaults(record, now)
  const isAfterLeaving = isWrittenAfterDeparture(profile, record) && !accounts.some(fault => fault.kind === 'after-departure')
  return [
    ...(isWrittenLate(profile, record.happenedOn, record.recordedAt)
      ? [{ kind: 'later-day' as const, says: 'Entered on a later day than the policy allows.' }]
      : []),
    ...(isAfterLeaving ? [{ kind: 'after-departure' as const, says: 'Written after departure: the child had left.' }] : []),
    ...(begunInMinutes !== null && begunInMinutes > within
      ? [
          {
            kind: 'delayed-start' as const,
            says: `The write-up began ${begunInMinutes} minutes (${minutesInWords(begunInMinutes)}) after the child had finished telling.`,
          },
        ]
      : []),
    ...accounts,
  ]
}

/** The late and delayed records of a period, and how many of each person's records they are. */
export function latenessOf(profile: Profile, facts: LatenessFacts, now: Instant): Lateness {
  const late = facts.records.flatMap((record): LateRecord[] => {
    const faults = faultsOf(profile, record, now)
    return faults.length > 0 ? [{ record, faults }] : []
  })
  const having = (kind: LatenessKind) => late.filter(({ faults }) => faults.some(fault => fault.kind === kind)).length
  return {
    total: facts.writers.reduce((sum, { records }) => sum + records, 0),
    late,
    counts: {
      'later-day': having('later-day'),
      'after-departure': having('after-departure'),
      'delayed-start': having('delayed-start'),
      'account-late': having('account-late'),
    },
    writers: facts.writers
      .map(writer => ({ ...writer, late: late.filter(({ record }) => record.writerId === writer.writerId).length }))
      .toSorted((a, b) => b.late - a.late || b.records - a.records),
  }
}
