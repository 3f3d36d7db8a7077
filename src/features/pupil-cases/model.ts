import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

export interface NewPupilCase {
  readonly childId: ChildId
  readonly kind: string
  /** From when the policy counts; now where it is left out. */
  readonly since?: Instant
  /** Who looks after the child. */
  readonly withId?: AdultId
  readonly says?: string
}

/** Somebody tried to reach the family, or went to see. */
export interface Attempt {
  readonly contactId: string | null
  readonly withWhom: string
  readonly result: 'answered' | 'no-answer' | 'visited'
  readonly at: Instant
  readonly says: string
}

export interface CaseStep {
  readonly id: string
  readonly step: string
  readonly does: string
  readonly source: string
  readonly before: 'leaving' | 'closing' | null
  readonly ownerId: AdultId | null
  readonly openedAt: Instant
  readonly settled: 'done' | 'not-done' | null
  readonly says: string | null
}

export interface CaseEvent {
  readonly kind: 'attempt' | 'looked-after'
  readonly at: Instant
  readonly byId: AdultId
  readonly withWhom: string
  readonly result: Attempt['result'] | null
  readonly says: string
}

export interface PupilCase {
  readonly id: string
  readonly childId: ChildId
  readonly kind: string
  readonly openedBy: AdultId
  readonly since: Instant
  readonly withId: AdultId | null
  readonly escalatesAt: Instant | null
  readonly escalatedAt: Instant | null
  readonly reachedAt: Instant | null
  readonly handedTo: string | null
  readonly handedAt: Instant | null
  readonly closedAt: Instant | null
  readonly steps: readonly CaseStep[]
  readonly events: readonly CaseEvent[]
}

/** Somebody whom the school may ring about a child, in the order of the child's file. */
export interface ContactToTry {
  readonly contactId: string
  readonly name: string
  readonly relation: string
  readonly phone: string | null
}

export type CaseRefusal =
  | { readonly code: 'no-such-child' | 'no-such-case' | 'no-such-kind' | 'over-already' | 'in-the-future' | 'no-outcome' }
  /** The policy has somebody look after the child at every moment. */
  | { readonly code: 'nobody-with-the-child' }
  /** Nothing says to whom the child was given, and when. */
  | { readonly code: 'not-handed-over' }
  | { readonly code: 'steps-first'; readonly does: readonly string[] }
  | { readonly code: 'contact-not-allowed' }
