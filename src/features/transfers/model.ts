import type { ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Destination } from '../../policy/profile.ts'

export interface NewLeaving {
  readonly childId: ChildId
  /** The last day here. */
  readonly on: PlainDate
  readonly to: string
  readonly destination: Destination
  readonly moment: 'in-year' | 'new-term'
}

export interface Transfer {
  readonly id: string
  readonly childId: ChildId
  readonly direction: 'out' | 'in'
  readonly sentAt: Instant | null
  readonly receivedAt: Instant | null
  readonly receiptAt: Instant | null
}

export interface NewTransfer {
  readonly id: string
  readonly childId: ChildId
  readonly direction: 'out' | 'in'
  readonly otherSchool: string
  readonly destination: Destination | null
  readonly moment: 'in-year' | 'new-term' | null
  readonly movesOn: PlainDate
}
