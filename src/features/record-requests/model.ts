import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

/** What kind of thing was passed on; never what. */
export const contentClasses = ['people', 'places', 'vehicles', 'telephones', 'online', 'goods-and-money', 'other'] as const
export type ContentClass = (typeof contentClasses)[number]

export interface NewIntelligence {
  /** The way by which it was passed on, as the police call it. */
  readonly channel: string
  readonly at: Instant
  readonly contentClass: ContentClass
  readonly reference: string
}

/** The concern because of which something was passed on. */
export interface ConcernOfIntelligence {
  readonly id: ConcernId
  readonly excluded: readonly AdultId[]
}

export interface NewRecordRequest {
  readonly childId: ChildId
  /** Which parent asked, as the school knows them. */
  readonly askedBy: string
  readonly askedOn: PlainDate
}

export interface RecordRequest {
  readonly id: string
  readonly childId: ChildId
  readonly askedOn: PlainDate
  readonly answeredAt: Instant | null
  readonly extendedAt: Instant | null
}

export type ReviewKind = 'intelligence' | 'parents-held'

/** Something in the child's record that is looked at before anything is given. */
export interface ItemToReview {
  readonly kind: ReviewKind
  readonly id: string
  readonly concernId: ConcernId
  readonly at: Instant
  /** Null where nothing was passed on: a concern of which nobody is to speak with the parents. */
  readonly channel: string | null
  readonly contentClass: ContentClass | null
  readonly reference: string | null
  readonly verdict: 'give' | 'withhold' | null
  readonly because: string | null
}

export interface NewReview {
  readonly kind: ReviewKind
  readonly id: string
  readonly verdict: 'give' | 'withhold'
  readonly because: string
}

export type RecordRefusal =
  | 'no-such-child'
  | 'no-such-record'
  /** The month is over: notice of more time is given within it. */
  | 'too-late'
  | 'in-the-future'
  | 'needed'
  | 'already-over'
  /** Something is to be reviewed first. */
  | 'unreviewed'
