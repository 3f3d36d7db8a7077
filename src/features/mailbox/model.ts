import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { MailboxRule } from '../../policy/profile.ts'

export interface MailboxReader {
  readonly id: string
  readonly adultId: AdultId
  readonly name: string
  /** Out at this moment. */
  readonly isOut: boolean
  /** Still of the safeguarding team. */
  readonly isOfTeam: boolean
}

export interface MailboxCheck {
  readonly adultId: AdultId
  readonly name: string
  readonly onDay: PlainDate
  readonly at: Instant
}

export interface MailboxChoice {
  readonly rule: string
  readonly because: string
  readonly chosenAt: Instant
  readonly name: string
}

export interface MailboxReply {
  readonly closedFrom: PlainDate
  readonly closedTo: PlainDate
  readonly setAt: Instant
  readonly name: string
}

/** What is kept of the mailbox: never what is in it. */
export interface MailboxFacts {
  readonly readers: readonly MailboxReader[]
  /** Of the last days, the latest first. */
  readonly checks: readonly MailboxCheck[]
  readonly choice: MailboxChoice | null
  /** For periods that are not over. */
  readonly replies: readonly MailboxReply[]
}

/** Which rule says when the mailbox is looked at; `open` where the policy contradicts itself and the school has not chosen. */
export type RuleInForce =
  | { readonly state: 'stated' | 'chosen'; readonly rule: MailboxRule }
  | { readonly state: 'open'; readonly rules: readonly MailboxRule[] }

/** Days on which the school is closed, from the first to the last, and the day on which it opens again. */
export interface ClosedPeriod {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly reopens: PlainDate
}

export type MailboxRefusal =
  | 'too-few-readers'
  | 'no-such-reader'
  | 'reads-already'
  | 'not-of-the-team'
  | 'no-such-rule'
  | 'nothing-closed'
