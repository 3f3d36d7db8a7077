import type { Instant, LocalTime, PlainDate } from '../../../kernel/plain-date.ts'

/** Who says how an injury came about. */
export const explainers = ['child', 'parent', 'other'] as const
export type Explainer = (typeof explainers)[number]

export const treatments = ['sought', 'not-sought', 'not-known'] as const
export type Treatment = (typeof treatments)[number]

/** Whether it agrees with what was said before, in the judgement of whoever writes it down. */
export const agreements = ['yes', 'no', 'not-sure'] as const
export type Agreement = (typeof agreements)[number]

/** How somebody says that an injury came about, ready to be kept. */
export interface NewExplanation {
  /** The injury, by its number in the concern. */
  readonly markN: number
  readonly givenBy: Explainer
  readonly givenSays: string
  readonly says: string
  /** Null where it came with the record itself. */
  readonly saidOn: PlainDate | null
  readonly saidAtTime: LocalTime | null
  readonly treatment: Treatment | null
  readonly treatmentSays: string
  /** Null where there was nothing to compare it with. */
  readonly agrees: Agreement | null
}

/** An explanation as it is kept. */
export interface Explanation extends NewExplanation {
  readonly at: Instant
  readonly writtenBy: string | null
}
