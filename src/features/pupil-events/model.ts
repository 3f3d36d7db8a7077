import type { ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

export interface NewAbsence {
  readonly childId: ChildId
  readonly authorised: boolean
  /** So many school days in a row until today; left out where the first day is given. */
  readonly schoolDays?: number
  /** The first school day without the pupil: the days are counted, and counted on until the pupil is back. */
  readonly since?: PlainDate
}

export interface Absence {
  readonly id: string
  readonly childId: ChildId
  readonly since: PlainDate
  readonly schoolDays: number
  readonly authorised: boolean
  readonly recordedAt: Instant
}

export interface PrivateFostering {
  readonly id: string
  readonly childId: ChildId
}

export interface EncompassNotice {
  readonly id: string
  readonly childId: ChildId
  readonly receivedAt: Instant
  readonly arrivesAt: Instant
  readonly seenAt: Instant | null
  readonly checkedInAt: Instant | null
}
