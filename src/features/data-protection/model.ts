import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

export type SharedThing = 'transfer' | 'record-request' | 'concern'

export interface NewQuestion {
  readonly about: { readonly kind: SharedThing; readonly id: string }
  /** The policy's contact that is asked; null for the data protection officer. */
  readonly contact: string | null
  readonly context: string
  readonly question: string
}

/** A question and its answer, together. */
export interface AdviceAsked {
  readonly id: string
  readonly aboutKind: SharedThing
  readonly contact: string | null
  readonly context: string
  readonly question: string
  readonly askedAt: Instant
  readonly askedBy: string
  readonly dueAt: Instant | null
  readonly answer: string | null
  readonly answeredAt: Instant | null
  readonly answeredBy: string | null
  readonly followUp: string | null
  readonly overriddenAt: Instant | null
  readonly overrideBecause: string | null
}

export interface SharedFacts {
  readonly concernId: ConcernId | null
  readonly excluded: readonly AdultId[]
}

export interface NewBreach {
  readonly kind: 'mis-sent' | 'lost' | 'seen' | 'other'
  /** What went astray and how; no case is told in it. */
  readonly says: string
  readonly discoveredAt: Instant
}

export interface Breach extends NewBreach {
  readonly id: string
  readonly reportedAt: Instant
  readonly dueAt: Instant | null
  readonly settledAt: Instant | null
  readonly notified: boolean | null
  readonly outcome: string | null
}

export interface BreachOutcome {
  readonly notified: boolean
  readonly outcome: string
}

export type DataRefusal = 'needed' | 'no-such-thing' | 'no-such-contact' | 'already-answered' | 'in-the-future'
