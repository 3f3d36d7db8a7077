import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId, EntryId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'

/** What the rules ask about a pupil. Never shown: whoever takes the register starts what a status decides without seeing it. */
export interface PupilFacts {
  readonly childId: ChildId
  readonly tied: readonly AdultId[]
  readonly born: PlainDate | null
  readonly leavesAt: LocalTime | null
  readonly homeAuthority: string | null
  readonly statuses: readonly string[]
}

/** The permits with which something that happens to a pupil is kept. */
export type PupilPermit = Permit<
  | 'pupil.move'
  | 'transfer.keep'
  | 'record-request.keep'
  | 'absence.report'
  | 'pupil-case.open'
  | 'absence.settle'
  | 'private-fostering.report'
  | 'private-fostering.settle'
  | 'encompass.record'
  | 'encompass.settle'
  | 'plan.keep'
  | 'feedback.record'
  | 'child.statuses'
  | 'alert.tell'
  | 'monitoring.settle'
>

/** What something belongs to: a transfer, a plan, a notice, and the pupil. */
export interface PupilSubject {
  readonly kind: string
  readonly id: string
  readonly childId: ChildId
}

/** Who is told later, unless it is settled before. */
export interface ReminderToSet {
  readonly id: string
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly tell: 'all' | 'first'
  readonly roles: readonly RoleId[]
  readonly tellsAt: Instant
}

export interface DueReminder extends ReminderToSet {
  readonly childId: ChildId
  readonly tied: readonly AdultId[]
}

/** A line of the chronology. Its heading names nobody. */
export interface PupilEntry {
  readonly id: EntryId
  readonly kind: 'transfer' | 'plan' | 'event' | 'status'
  readonly heading: string
  readonly happenedOn: PlainDate
  readonly excluded: readonly AdultId[]
}

/** What the policy asks of whoever keeps it. */
export interface PupilAsk {
  readonly code: string
  readonly says: string
  readonly source: { readonly document: string; readonly section: string }
}

export type PupilRefusal =
  | 'no-such-child'
  | 'nothing-sent'
  | 'no-such-record'
  | 'already-over'
  | 'no-escalation-decision'
  | 'no-outcome'
  | 'in-the-future'
  | 'ends-before-start'
  | 'something-first'
