import type { Instant } from '../../kernel/plain-date.ts'

export const followings = ['yes', 'in-part', 'no'] as const
export type Following = (typeof followings)[number]

export const followingNames: Readonly<Record<Following, string>> = {
  yes: 'Yes',
  'in-part': 'In part',
  no: 'No',
}

/** What was decided after advice was taken, and why. */
export interface DecidedAfter {
  readonly decided: string
  readonly because: string
  readonly followed: Following
}

export interface NewAdvice {
  /** Key of the policy's contact; null where it was somebody else. */
  readonly contact: string | null
  readonly agency: string
  readonly withWhom: string
  readonly at: Instant
  /** Whether the child was named to them. */
  readonly named: boolean
  readonly asked: string
  readonly says: string
  readonly reference: string
  /** Null where whoever asked does not decide. */
  readonly after: DecidedAfter | null
}

export interface Advice extends Omit<NewAdvice, 'after'> {
  readonly id: string
  readonly decided: string | null
  readonly because: string | null
  readonly followed: Following | null
  readonly byName: string | null
}

/** What decides whom the policy offers for advice. */
export interface AskedAbout {
  readonly prompts: readonly string[]
  readonly categories: readonly string[]
  readonly homes: readonly (string | undefined)[]
}
