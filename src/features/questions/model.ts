import type { PlainDate } from '../../kernel/plain-date.ts'

/** One answer to a question of the school's policy. A question with several options has an answer for each chosen. */
export interface Answer {
  readonly question: string
  readonly option: string | null
  readonly says: string
  readonly on: PlainDate | null
}
