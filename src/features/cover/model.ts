import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'

export const coverKinds = ['school-day', 'trip', 'holiday', 'out-of-hours'] as const
/** `stand-in`: put on duty by Holdfast, under the policy, while nobody of the team is there. */
export type CoverKind = (typeof coverKinds)[number] | 'stand-in'

export const coverModes = ['in-person', 'remote'] as const
export type CoverMode = (typeof coverModes)[number]

export const absenceReasons = ['out', 'trip', 'holiday', 'ill', 'training', 'leave'] as const
export type AbsenceReason = (typeof absenceReasons)[number]

/** From one moment to another; without an end while nobody knows it. */
export interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

export interface Duty {
  readonly id: string
  readonly adultId: AdultId
  readonly name: string
  readonly kind: CoverKind
  readonly phone: string | null
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Absent where it is done in person. */
  readonly mode?: CoverMode
  /** Why it is done from elsewhere. */
  readonly reason?: string | null
  /** The closure, trip or activity that it covers. */
  readonly activityId?: string | null
}

export interface Absence extends Span {
  readonly id: string
  readonly adultId: AdultId
  readonly name: string
  readonly reason: AbsenceReason
}

export interface TeamAppointment extends Span {
  readonly adultId: AdultId
  readonly name: string
  readonly role: RoleId
  readonly phone: string | null
}

/** All that bears on who can be reached in a span of time. */
export interface CoverFacts {
  readonly duties: readonly Duty[]
  readonly absences: readonly Absence[]
  readonly appointments: readonly TeamAppointment[]
}

/** A stretch of time, both ends known. */
export interface Stretch {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

export interface DayCover {
  readonly date: PlainDate
  readonly isSchoolDay: boolean
  /** Why children do not attend, where the calendar says it. */
  readonly closedFor: string | undefined
  readonly duties: readonly Duty[]
  readonly absences: readonly Absence[]
  /** School hours for which nobody is on duty. */
  readonly withoutDuty: readonly Stretch[]
  /** School hours in which nobody of the team is in school. */
  readonly withoutAnybody: readonly Stretch[]
}

/** Hours of a school day in which nobody who should be in school is. */
export interface CoverGap extends Stretch {
  readonly kind: 'nobody' | 'no-deputy'
  readonly onDay: PlainDate
}

/** Somebody who can be reached now, with how. */
export interface OnDuty {
  readonly adultId: AdultId
  readonly name: string
  readonly role: RoleId
  /** The school's own title of that role. */
  readonly title: string
  readonly phone: string | null
  /** The kind of duty; `present` for a member of the team who is in school while nobody is on the rota. */
  readonly kind: CoverKind | 'present'
  readonly mode?: CoverMode
}

export type CoverRefusal = 'not-of-the-team' | 'on-duty-then' | 'over-already' | 'no-such-duty' | 'no-such-absence'
