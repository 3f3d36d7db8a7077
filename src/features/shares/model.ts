import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

/** What colleagues are to know about a child, in words written for them. */
export interface NewShare {
  readonly says: string
  /** Why they need it. */
  readonly because: string
  readonly readers: readonly AdultId[]
  /** The last day on which they read it. */
  readonly until: PlainDate
}

/** The child, and the adults who are outside their file. */
export interface SharedChild {
  readonly childId: ChildId
  readonly name: string
  readonly tied: readonly AdultId[]
}

/** A colleague of the school with an appointment now and an account to read with. */
export interface Colleague {
  readonly adultId: AdultId
  readonly name: string
  readonly jobTitle: string | null
}

/** With whom, when they first opened it, and when they said that they had read it. */
export interface ShareReading {
  readonly name: string
  readonly openedAt: Instant | null
  readonly readAt: Instant | null
}

/** What was shared about a child, as the safeguarding team sees it. */
export interface Share {
  readonly id: string
  readonly says: string
  readonly because: string
  readonly madeBy: string
  readonly madeAt: Instant
  readonly untilAt: Instant
  readonly endedAt: Instant | null
  readonly endedBecause: string | null
  readonly readers: readonly ShareReading[]
}

/** What is shared with somebody, before they open it. */
export interface SharedWithMe {
  readonly id: string
  readonly childId: ChildId
  readonly name: string
  readonly className: string | null
  readonly untilAt: Instant
  readonly madeAt: Instant
  readonly readAt: Instant | null
}

/** What is shared with somebody, open before them. */
export interface OpenShare {
  readonly id: string
  readonly name: string
  readonly className: string | null
  readonly says: string
  readonly madeBy: string
  readonly madeAt: Instant
  readonly untilAt: Instant
  readonly readAt: Instant | null
}

export type ShareRefusal = 'no-colleague' | 'is-outside' | 'over-already'
