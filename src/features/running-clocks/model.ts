import type { AdultId, ClockId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { ClockName, Sourced } from '../../policy/profile.ts'

/** Which of the running clocks are asked for; the first page is 1. */
export interface ClockFilter {
  readonly name: string | null
  /** An adult's id, or `nobody`. */
  readonly owner: string | null
  readonly overdueOnly: boolean
  readonly page: number
}

/** What a clock watches, as far as whoever reads may see it. */
export interface Watched {
  readonly kind: 'concern' | 'referral' | 'child' | 'adult' | 'other'
  /** A concern's, a referral's, a child's or an adult's id; null where there is no page of it for the reader. */
  readonly id: string | null
  /** Names of the children, or of the adult; empty where there is none to show. */
  readonly names: readonly string[]
  /** A concern's reference, or the kind of thing in words of the product. */
  readonly says: string | null
}

export interface RunningClock {
  readonly id: ClockId
  readonly name: ClockName
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly standing: Sourced<unknown>['standing']
  readonly basisAt: Instant
  readonly basisOn: PlainDate
  readonly dueAt: Instant | null
  readonly area: 'welfare' | 'conduct' | 'school'
  readonly concernId: ConcernId | null
  readonly ownerName: string | null
  readonly watched: Watched
}

/** How many run, of which kind or with whom. */
export interface Share<Key> {
  readonly key: Key
  readonly count: number
  readonly overdue: number
}

/** All that runs at a school as far as the reader may see it. */
export interface RunningClocks {
  readonly kinds: readonly Share<ClockName>[]
  readonly owners: readonly (Share<AdultId | null> & { readonly name: string | null })[]
  /** Of those asked for, on all pages. */
  readonly total: number
  readonly rows: readonly RunningClock[]
}

/** How many clocks stand on one page. */
export const clocksOnPage = 100
