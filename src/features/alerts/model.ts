import type { SubjectFacts } from '../../access/index.ts'
import type { AdultId, AlertId, ClockId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { AlertToSend, ConcernState, RoleHolder } from '../concerns/index.ts'

/** An open concern as background work sees it: ids and state, never a word of it. */
export interface OpenConcern {
  readonly id: ConcernId
  readonly state: ConcernState
  readonly urgent: boolean
  readonly ownerId: AdultId | null
  readonly excluded: readonly AdultId[]
  readonly recordedAt: Instant
  readonly prompts: readonly string[]
  /** The team has referred it: somebody has decided. */
  readonly isReferred: boolean
  /** That it is undecided past its time has been said. */
  readonly undecidedTold: boolean
  /** Everybody alerted so far, and the furthest step of the route that was reached. */
  readonly told: readonly AdultId[]
  readonly furthestStep: number
  /** Alerts sent so far, reminders included. */
  readonly alertCount: number
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
  /** Those, and everybody who hears when nobody answers. */
  readonly listeners: readonly RoleHolder[]
  readonly concerns: readonly OpenConcern[]
  readonly overdue: readonly RunningClock[]
}

/** An alert of one's own. What it is about is behind its link, and nowhere in it. */
export interface OwnAlert {
  readonly id: AlertId
  readonly concernId: ConcernId
  /** Absent where the person was told of it and may not open it. */
  readonly reference: string | null
  readonly kind: AlertToSend['kind']
  readonly says: string
  readonly source: string
  readonly toldAt: Instant
  readonly seenAt: Instant | null
  /** Who else was told, for the safeguarding team. */
  readonly others: readonly string[]
  readonly access: SubjectFacts
}
