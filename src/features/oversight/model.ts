import type { AdultId, ClockId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { ClockName } from '../../policy/profile.ts'

export interface CheckDone {
  readonly kind: ClockName
  readonly on?: PlainDate
  /** Besides whoever records it. */
  readonly together?: readonly AdultId[]
  /** What was found wrong with the technology, and what concerns safeguarding. */
  readonly technical?: string
  readonly safeguarding?: string
  readonly actionsOpen?: number
}

export type CheckRefusal = 'needs-all-of-them' | 'in-the-future'

/** A running duty of the school or of one adult. */
export interface RunningDuty {
  readonly id: ClockId
  readonly name: ClockName
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly dueAt: Instant | null
  readonly ownerId: AdultId | null
  /** How far it has been told: 1 that it is near, 2 that it is late. */
  readonly told: number
  readonly adultId: AdultId | null
  readonly adultName: string | null
}

export interface Standing {
  readonly name: ClockName
  /** Null where it counts fewer than five people and the reader is given numbers alone. */
  readonly owed: number | null
  readonly late: number | null
  readonly nextDue: Instant | null
  readonly lastDone: PlainDate | null
}
