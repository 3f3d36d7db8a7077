import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'

/** One thing that somebody did or tried. */
export interface LogLine {
  readonly at: Instant
  /** Null for somebody without an account, who came by the school's own link. */
  readonly name: string | null
  /** What the trail calls it. */
  readonly event: string
  /** The kind of record, by its word in the trail. */
  readonly about: string | null
  readonly refused: boolean
  /** The roles that their appointments gave them at that moment. */
  readonly roles: readonly RoleId[]
  /** Why it was allowed, in the words of the access policy; none in entries from before that was kept. */
  readonly ground: string | null
}

export interface LogPage {
  readonly lines: readonly LogLine[]
  readonly total: number
  /** Everybody who stands in the log, whatever is chosen. */
  readonly people: readonly { readonly id: AdultId; readonly name: string }[]
}

/** What the log is about. */
export type LogSubject =
  | { readonly kind: 'child'; readonly id: ChildId; readonly name: string; readonly tied: readonly AdultId[] }
  | { readonly kind: 'concern'; readonly id: ConcernId; readonly name: string; readonly excluded: readonly AdultId[] }

export interface LogFilters {
  readonly who: AdultId | null
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly page: number
}
