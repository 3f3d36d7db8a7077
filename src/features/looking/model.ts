import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

/** The days that are looked through together, and those before by which somebody's habit is known. */
export const lookedThroughDays = 7
export const habitDays = 28

export const questionKinds = [
  'many-children',
  'again',
  'colleagues-child',
  'night',
  'after-leaving',
  'search',
  'refused',
] as const
export type QuestionKind = (typeof questionKinds)[number]

/** One thing that somebody did with a child's records. */
export interface Did {
  readonly adultId: AdultId
  readonly childId: ChildId
  readonly did: 'looked' | 'searched' | 'wrote'
  /** Who is outside what was looked at. */
  readonly outside: readonly AdultId[]
  readonly at: Instant
}

/** What the read log says of some days: ids and times alone. */
export interface LookingFacts {
  readonly did: readonly Did[]
  /** Refused attempts at records, on the last day. */
  readonly refused: readonly {
    readonly adultId: AdultId
    readonly times: number
    readonly firstAt: Instant
    readonly lastAt: Instant
  }[]
  /** At how many children's records somebody looks on a day on which they look at all. */
  readonly habits: readonly { readonly adultId: AdultId; readonly childrenADay: number }[]
  readonly children: readonly {
    readonly childId: ChildId
    readonly tied: readonly AdultId[]
    readonly leftOn: PlainDate | null
  }[]
}

/** Looking that somebody should ask about. It says nothing of why. */
export interface Question {
  readonly kind: QuestionKind
  readonly adultId: AdultId
  readonly childId: ChildId | null
  readonly times: number
  readonly usual: number | null
  readonly firstAt: Instant
  readonly lastAt: Instant
  /** Whoever looked, whoever is tied to the child, and whoever is outside a concern that was looked at. */
  readonly excluded: readonly AdultId[]
}

/** As it is read. The child has no name for whoever opens no files. */
export interface AskedQuestion extends Question {
  readonly id: string
  readonly adultName: string
  readonly childName: string | null
  readonly raisedAt: Instant
  readonly settledAt: Instant | null
  readonly settledByName: string | null
  readonly says: string | null
}
