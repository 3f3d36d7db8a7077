import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

/** A concern as the marks of the register draft it. */
export interface AbsenceDraft {
  readonly id: string
  readonly childId: ChildId
  readonly tied: readonly AdultId[]
  readonly pattern: string
  /** The days of absence that make the pattern. */
  readonly days: readonly PlainDate[]
  readonly says: string
  readonly source: string
  readonly openedAt: Instant
}

/** A pupil whose absences follow a pattern. */
export interface FoundAbsences {
  readonly childId: ChildId
  readonly days: readonly PlainDate[]
}

export type DraftOutcome =
  | { readonly outcome: 'concern'; readonly opinion: string }
  | { readonly outcome: 'set-aside'; readonly because: string }

export type DraftRefusal = 'no-such-draft' | 'no-reason' | 'not-recorded'

export type SettledDraft = { readonly concernId: ConcernId | null }
