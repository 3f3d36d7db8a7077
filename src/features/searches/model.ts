import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'

/** A search of a pupil, as whoever searched keeps it. */
export interface NewSearch {
  readonly childId: ChildId
  readonly searchedAt: Instant
  readonly place: string
  /** Who was there besides; that nobody was, where nobody was. */
  readonly witness: string
  readonly lookedFor: string
  /** Why it was suspected. */
  readonly grounds: string
  /** Empty where nothing was. */
  readonly found: string
  /** It showed that a child may be at risk. */
  readonly risk: boolean
}

/** Somebody to ring at once. */
export interface Call {
  readonly name: string
  readonly role: RoleId
  readonly phone: string | null
}

export interface ReportedSearch {
  readonly id: string
  readonly told: readonly AdultId[]
  /** The urgent concern that stands beside it, where a risk was found, and whom to ring. */
  readonly concern: { readonly concernId: ConcernId; readonly reference: string; readonly call: readonly Call[] } | null
}

export interface SearchAnswer {
  /** Whether there is a wider safeguarding concern. */
  readonly wider: boolean
  readonly reason: string
}

export type SearchRefusal =
  | 'no-such-child'
  | 'nothing-suspected'
  | 'no-grounds'
  | 'no-place'
  | 'no-witness'
  /** A risk was found, and nobody said what. */
  | 'nothing-found'
  | 'in-the-future'
  | 'no-reason'
  | 'answered'
  | 'not-recorded'

/** A search as the safeguarding team reads it. */
export interface PupilSearch extends NewSearch {
  readonly id: string
  readonly recordedAt: Instant
  readonly recordedBy: AdultId
  readonly wider: boolean | null
  readonly widerReason: string | null
  readonly concernId: ConcernId | null
  readonly excluded: readonly AdultId[]
}
