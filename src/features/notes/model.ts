import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { LocalTime, PlainDate } from '../../kernel/plain-date.ts'

export const noteKinds = ['note', 'phone-call', 'mail', 'letter', 'meeting', 'visit'] as const
export type NoteKind = (typeof noteKinds)[number]

export const noteKindNames: Readonly<Record<NoteKind, string>> = {
  note: 'Note',
  'phone-call': 'Telephone call',
  mail: 'E-mail',
  letter: 'Letter',
  meeting: 'Meeting',
  visit: 'Visit',
}

/** A note, or a contact with somebody, for a child's file. Never changed once written. */
export interface NewNote {
  readonly kind: NoteKind
  readonly withWhom: string
  readonly agency: string
  readonly happenedOn: PlainDate
  readonly happenedAtTime: LocalTime | null
  readonly says: string
  /** Whether it is with a parent or carer; asked only while speaking with them is held back. */
  readonly withParent?: boolean | null
}

export type NoteRefusal = { readonly code: 'parents-held' }

/** The child as the form names them. */
export interface NotedChild {
  readonly childId: ChildId
  readonly name: string
  readonly className: string | null
  readonly tied: readonly AdultId[]
}
