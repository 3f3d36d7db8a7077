import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

/** `second-hand`: somebody else wrote it. `told`: told by voice, and written by whoever was told. `stub`: begun, and not finished. */
export const awaitedReasons = ['second-hand', 'told', 'stub'] as const
export type AwaitedReason = (typeof awaitedReasons)[number]

/** What an awaited account was met by. */
export type MetBy = 'first-hand' | 'scan' | 'finished'

/** An account that is awaited, as it is stored with the concern. */
export interface AccountToAwait {
  readonly id: string
  /** Whoever is asked here; absent for a person without an account. */
  readonly adultId: AdultId | null
  readonly name: string
  readonly why: AwaitedReason
  /** They are outside the concern, and are not asked. */
  readonly outside: boolean
  readonly dueAt: Instant | null
  readonly warnAt: Instant | null
  readonly departsAt: Instant | null
  readonly rule: string
  readonly source: string
}

/** An awaited account as the pages of the concern show it. */
export interface AwaitedAccount {
  readonly id: string
  readonly name: string
  readonly why: AwaitedReason
  readonly outside: boolean
  /** They have an account here and are asked themselves. */
  readonly isAsked: boolean
  readonly askedAt: Instant
  readonly dueAt: Instant | null
  readonly departsAt: Instant | null
  readonly warnedAt: Instant | null
  /** Which text, or which setting, asks for it by then. */
  readonly source: string
  readonly metAt: Instant | null
  readonly metBy: MetBy | null
}

/** Asked of oneself: to write what one saw or heard. Nothing of what it is about. */
export interface OwnTask {
  readonly concernId: ConcernId
  readonly askedBy: string | null
  readonly askedAt: Instant
  readonly dueAt: Instant | null
}

/** An account past the time at which it is chased. */
export interface ChasedAccount {
  readonly id: string
  readonly concernId: ConcernId
  readonly adultId: AdultId | null
  /** Whoever typed the concern, who can ask a person without an account and attach their paper. */
  readonly reporterId: AdultId | null
  readonly why: AwaitedReason
}

/** A row of the team's list of accounts that are not written. */
export interface OpenAccount {
  readonly concernId: ConcernId
  readonly reference: string
  readonly children: readonly string[]
  readonly name: string
  readonly why: AwaitedReason
  readonly outside: boolean
  readonly askedAt: Instant
  readonly dueAt: Instant | null
}
