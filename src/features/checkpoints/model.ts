import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

export interface MadeCheckpoint {
  readonly day: PlainDate
  readonly madeAt: Instant
  readonly content: string
}

export interface Recipient {
  readonly id: string
  readonly address: string
  readonly addedAt: Instant
  /** Somebody of the school has this address now: nothing is sent. */
  readonly isOfSchool: boolean
}

/** Why an address is not taken. */
export type RecipientRefusal = 'of-the-school' | 'named-already'
