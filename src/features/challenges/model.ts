import type { SubjectFacts } from '../../access/index.ts'
import type { AdultId, ChildId, ClockId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { ChildInvolvement, ConcernState } from '../concerns/model.ts'

/** Where a concern of one's own stands, for the program: nothing of it is shown to the reporter. */
export interface Standing {
  readonly state: ConcernState
  readonly ownerId: AdultId | null
  readonly triagedAt: Instant | null
  readonly children: readonly { readonly childId: ChildId; readonly involvement: ChildInvolvement }[]
  /** Those whose decision would be challenged. */
  readonly deciders: readonly AdultId[]
  /** Those who have answered a challenge of it before. */
  readonly repliers: readonly AdultId[]
}

/** A challenge as its writer sees it. */
export interface OwnChallenge {
  readonly id: string
  readonly at: Instant
  readonly says: string
  readonly to: string | null
  readonly dueAt: Instant | null
  readonly reply: string | null
  readonly repliedAt: Instant | null
  readonly repliedBy: string | null
  /** Whoever asked was put outside the concern: what became of it is not shown to them. */
  readonly isOutside: boolean
}

/** A challenge as whoever answers it sees it. */
export interface Challenge extends OwnChallenge {
  readonly byId: AdultId
  readonly by: string
  readonly toId: AdultId | null
  readonly deciders: readonly AdultId[]
  readonly reopened: boolean
}

/** The challenges of one concern, with what the permit is asked with. */
export interface ChallengesOf {
  readonly concernId: ConcernId
  readonly reference: string
  readonly challenges: readonly (Challenge & { readonly salt: Buffer })[]
  readonly children: Standing['children']
  readonly access: SubjectFacts
}

/** One that nobody has answered, as background work sees it. */
export interface OpenChallenge {
  readonly id: string
  readonly concernId: ConcernId
  readonly byId: AdultId
  readonly toId: AdultId | null
  readonly asked: readonly AdultId[]
  readonly deciders: readonly AdultId[]
  readonly excluded: readonly AdultId[]
  readonly clockId: ClockId | null
  readonly dueAt: Instant | null
}

export type ReplyRefusal =
  | { readonly code: 'answered-already' }
  /** They decided it themselves, or were not given it. */
  | { readonly code: 'not-yours' }

export type ChallengeRefusal = { readonly code: 'open-already' }
