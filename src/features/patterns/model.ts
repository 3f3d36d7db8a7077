import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'

export interface AttendedWeek {
  readonly weekStarts: PlainDate
  readonly possible: number
  readonly attended: number
}

/** A concern as far as signs are found from it; `words` are those of the policy's that stand in it. */
export interface ConcernForSigns {
  readonly id: ConcernId
  readonly reference: string
  readonly on: PlainDate
  readonly prompts: readonly string[]
  readonly categories: readonly string[]
  readonly marks: number
  readonly words: readonly string[]
}

/** What the signs of one child are found from. */
export interface SignFacts {
  readonly weeks: readonly AttendedWeek[]
  readonly concerns: readonly ConcernForSigns[]
}

/** What the database is asked for: how far back, and which words. */
export interface SignsAsked {
  readonly since: PlainDate
  readonly words: readonly string[]
}

/** A sign that was found, with why. */
export interface FoundSign {
  readonly id: string
  readonly name: string
  readonly because: string
  readonly concerns: readonly { readonly id: ConcernId; readonly reference: string }[]
}

export interface FoundGroup {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly signs: readonly FoundSign[]
}

export interface NamedChild {
  readonly childId: ChildId
  readonly name: string
  readonly className: string | null
}

export interface ChildForSigns extends NamedChild {
  readonly facts: SignFacts
}

export interface RankedChild extends NamedChild {
  readonly signs: readonly FoundSign[]
}

/** How many concerns of the term have an answer or a category, and how many children they are about, each child once. */
export interface TermCount {
  /** `pair`: two categories of one concern. `all`: every triaged concern. */
  readonly kind: 'category' | 'pair' | 'all' | 'option' | 'question'
  /** The question; of a pair the first category; otherwise empty. */
  readonly of: string
  readonly id: string
  readonly count: number
  readonly children: number
  /** Concerns in which it is the main one of several, or the only one. */
  readonly main: number
}

/** A child with signs of need, and the concern in which nobody has decided on them. */
export interface UnsettledChild extends NamedChild {
  readonly question: string
  readonly concernId: ConcernId
  readonly reference: string
  readonly options: readonly string[]
  readonly since: PlainDate
}

/** One dated answer about a child. */
export interface Indicator {
  readonly question: string
  readonly option: string
  readonly on: PlainDate
  readonly concernId: ConcernId
  readonly reference: string
}
