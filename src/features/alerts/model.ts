import type { AdultId, ClockId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { ConcernState, RoleHolder } from '../concerns/index.ts'

/** An open concern as background work sees it: ids and state, never a word of it. */
export interface OpenConcern {
  readonly id: ConcernId
  readonly state: ConcernState
  readonly urgent: boolean
  readonly ownerId: AdultId | null
  readonly excluded: readonly AdultId[]
  /** Everybody alerted so far, and the furthest step of the route that was reached. */
  readonly told: readonly AdultId[]
  readonly furthestStep: number
}

export interface RunningClock {
  readonly id: ClockId
  readonly name: string
  readonly concernId: ConcernId | null
  readonly referralId: ReferralId | null
  readonly ownerId: AdultId | null
  readonly durationUnit: string
  readonly durationCount: number | null
  readonly dueAt: Instant
  readonly breachedAt: Instant | null
}

/** What a look round a school finds: who is there, what is open, what is overdue. */
export interface LookRound {
  readonly holders: readonly RoleHolder[]
  readonly concerns: readonly OpenConcern[]
  readonly overdue: readonly RunningClock[]
}
