import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { ContactDoubt } from '../../policy/contact-doubts.ts'
import type { Contact } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'

export const checkOutcomes = ['right', 'wrong'] as const
export type CheckOutcome = (typeof checkOutcomes)[number]

/** The last time that somebody of the team tried a contact. */
export interface ContactCheck {
  readonly contact: string
  readonly outcome: CheckOutcome
  readonly says: string
  readonly at: Instant
  readonly byName: string
}

/** Whether somebody answers now, and when that changes. */
export type Answering =
  | { readonly kind: 'open'; readonly until?: LocalTime }
  | { readonly kind: 'closed'; readonly until?: { readonly date: PlainDate; readonly time: LocalTime } }
  | { readonly kind: 'not-known' }

/** One contact as the directory shows it. */
export interface Line {
  readonly contact: Contact
  readonly answering: Answering
  readonly doubts: readonly ContactDoubt[]
  readonly check: ContactCheck | undefined
}

/** A part of the directory outside the school. */
export interface Part {
  readonly id: string
  readonly title: string
  readonly says?: string
  readonly lines: readonly Line[]
  /** Within a part: for children who live in one authority. */
  readonly groups: readonly { readonly title: string; readonly lines: readonly Line[] }[]
}

/** Whom to turn to for one kind of worry. */
export interface Matter {
  readonly id: string
  readonly name: string
  readonly goes: readonly { readonly href: string; readonly text: string; readonly phone?: string }[]
}

/** A post of the team with whoever holds it. */
export interface Post {
  readonly role: RoleId
  readonly title: string
  readonly contact: Contact | undefined
  readonly holders: readonly { readonly name: string; readonly phone: string | undefined; readonly absent: boolean }[]
}

/** Why a contact stands on the list of those to check. */
export type DueBecause = 'never' | 'wrong' | 'doubt' | 'old'
