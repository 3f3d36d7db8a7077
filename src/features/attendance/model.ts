import type { ChildId } from '../../kernel/ids.ts'
import type { LocalTime, PlainDate } from '../../kernel/plain-date.ts'

/** So many sessions may a week have: two a day, weekends among them. */
export const sessionsMax = 14

export const marks = ['present', 'late', 'absent'] as const
export type Mark = (typeof marks)[number]

/** Whether and when a pupil arrived on a day. */
export interface DayMark {
  readonly mark: Mark
  /** When they came; never missing but of an absence. */
  readonly atTime: LocalTime | null
  /** How they came, or why they did not. */
  readonly says: string
}

export interface PupilMark extends DayMark {
  readonly childId: ChildId
}

export interface PupilOnRoll {
  readonly childId: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly className: string | null
  /** Tied to whoever reads the roll, who leaves this pupil's mark to a colleague. */
  readonly isTied: boolean
}

/** A mark in place of another of the same day. */
export interface ChangedMark {
  readonly childId: ChildId
  readonly was: Mark
  readonly wasAt: LocalTime | null
  readonly mark: Mark
  readonly at: LocalTime | null
}

export interface WeekFigures {
  /** A Monday. */
  readonly weekStarts: PlainDate
  readonly possible: number
  readonly attended: number
}

export interface PupilWeek extends WeekFigures {
  readonly childId: ChildId
}

/** A week for which figures were entered, and for how many pupils. */
export interface EnteredWeek {
  readonly weekStarts: PlainDate
  readonly pupils: number
}

export interface AttendingChild {
  readonly childId: ChildId
  readonly name: string
  readonly tied: readonly string[]
  readonly weeks: readonly WeekFigures[]
  /** Today's. */
  readonly mark: DayMark | null
}
