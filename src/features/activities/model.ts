import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Duty } from '../cover/model.ts'

export const activityKinds = ['trip', 'out-of-hours', 'closure'] as const
export type ActivityKind = (typeof activityKinds)[number]

export interface Activity {
  readonly id: string
  readonly kind: ActivityKind
  readonly title: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly leaderId: AdultId | null
  readonly leaderName: string | null
  readonly cancelledAt: Instant | null
}

/** Why an entry is not confirmed. */
export type Unconfirmed = 'nobody-named' | 'no-telephone' | 'not-there'

/** Whether an entry is covered, and by whom. */
export type ActivityStanding =
  | { readonly confirmed: true; readonly covers: readonly Duty[] }
  | { readonly confirmed: false; readonly because: Unconfirmed; readonly covers: readonly Duty[] }
