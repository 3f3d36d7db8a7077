import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { AwaitedAccount } from '../accounts/index.ts'

/** The days of which the records are looked at: from the first to before the last. */
export interface Period {
  readonly id: string
  readonly name: string
  readonly from: PlainDate
  readonly before: PlainDate
}

/** What a record's times say; never a word of it. */
export interface RecordTimes {
  readonly id: ConcernId
  readonly reference: string
  readonly children: readonly string[]
  readonly writerId: AdultId | null
  readonly writer: string | null
  readonly recordedAt: Instant
  /** When the last part of the account was written; null while it is not finished. */
  readonly writtenAt: Instant | null
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly firstWrittenAt: Instant | null
  readonly lateReason: string | null
  readonly toldAt: readonly Instant[]
  readonly leavesAt: LocalTime | null
  readonly disclosure: { readonly endedAt: Instant; readonly beganAt: Instant } | null
  readonly awaited: readonly AwaitedAccount[]
}

/** How many records each person wrote in the period. */
export interface WriterCount {
  readonly writerId: AdultId | null
  readonly writer: string | null
  readonly records: number
}

export interface LatenessFacts {
  readonly records: readonly RecordTimes[]
  readonly writers: readonly WriterCount[]
}

/** How many late records stand on one page of the list; the numbers above it are of all. */
export const lateOnPage = 50
