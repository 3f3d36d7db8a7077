import type { ActionId, AdultId, ChildId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

/** An action with what its page needs. Whoever owns it and is not of the team sees no more than this. */
export interface Action {
  readonly id: ActionId
  readonly says: string
  readonly concernId: ConcernId | null
  readonly childId: ChildId | null
  readonly ownerId: AdultId
  readonly ownerName: string
  /** The owner holds no appointment any more, or is outside the concern: somebody else must take it. */
  readonly needsOwner: boolean
  readonly dueOn: PlainDate
  readonly setAt: Instant
  readonly setBy: string
  readonly doneAt: Instant | null
  readonly doneBy: string | null
  readonly outcome: string | null
  readonly dropped: boolean
  /** Where it stands for a step of a referral: recording that step does it, and nothing else. */
  readonly referralId: ReferralId | null
  readonly asks: 'chase' | 'next-stage' | null
  /** Doing it means asking children what happened, and an agency has asked that nobody does now. */
  readonly isPaused: boolean
  readonly excluded: readonly AdultId[]
}

export interface NewAction {
  readonly says: string
  readonly ownerId: AdultId
  readonly dueOn: PlainDate
  readonly childId: ChildId
  /** Doing it means asking children about what happened. */
  readonly asksChildren?: boolean
}

/** An adult who can be given an action: of this school, with an appointment now and an account to see it. */
export interface PossibleOwner {
  readonly adultId: AdultId
  readonly name: string
  readonly jobTitle: string | null
}

export type ActionRefusal =
  | { readonly code: 'finished-already'; readonly by: string }
  | { readonly code: 'concern-closed' }
  /** Done by recording the step of its referral. */
  | { readonly code: 'done-by-step' }
  | { readonly code: 'owner-not-possible' }
  | { readonly code: 'paused' }
