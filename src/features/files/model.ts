import type { AdultId, ChildId, ConcernId, EntryId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { HouseholdOfChild } from '../household/model.ts'

export const entryKinds = [
  'concern',
  'addendum',
  'triage',
  'decision',
  'referral',
  'parents',
  'contact',
  'note',
  'action',
  'closure',
  'reopening',
  'status',
  'moved',
  'linked',
  'transfer',
  'plan',
  'event',
] as const
export type EntryKind = (typeof entryKinds)[number]

export const involvements = ['subject', 'source', 'alleged', 'witness', 'sibling', 'other'] as const
export type Involvement = (typeof involvements)[number]

export type FileStanding = 'on-roll' | 'dual' | 'left' | 'not-on-roll' | 'unidentified'

export interface FileStatus {
  readonly status: string
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
  readonly authority: string | null
  readonly workerName: string | null
  readonly workerPhone: string | null
}

export interface FileContact {
  readonly name: string
  readonly relation: string
  readonly phone: string | null
  readonly email: string | null
  readonly barred: boolean
  readonly barredReason: string | null
  /** The contact works at this school. */
  readonly worksHere: boolean
}

export interface FileAddress {
  readonly address: string
  readonly says: string | null
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
}

/** A brother or sister here. `isOpen`: whoever reads this page could open their file as well. */
export interface FileSibling {
  readonly id: ChildId
  readonly name: string
  /** Given, family and known-as names, by which a text is searched. */
  readonly names: readonly (string | null)[]
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standing: FileStanding
  readonly isOpen: boolean
  readonly hasOpenConcern: boolean
}

/** Another child of the same name, and what tells the two apart. */
export interface Namesake {
  readonly born: PlainDate | null
  readonly yearGroup: string | null
  readonly className: string | null
}

export interface OpenConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly heading: string | null
  readonly state: string
  readonly urgent: boolean
  readonly involvement: Involvement
  readonly recordedAt: Instant
  readonly ownerName: string | null
  readonly nextLookAt: Instant | null
  /** Explanations of an injury do not agree, or nobody has said that they do. */
  readonly explanationsDiffer: boolean
}

export interface OpenClock {
  readonly says: string
  readonly source: string
  readonly dueAt: Instant | null
  readonly concernId: ConcernId | null
  readonly reference: string | null
  readonly ownerName: string | null
}

export interface OpenAction {
  /** Null where the action stands in a concern that another child shares: what it says may be about them. */
  readonly says: string | null
  readonly dueOn: PlainDate
  readonly ownerName: string
  readonly concernId: ConcernId | null
  readonly reference: string | null
}

export interface OpenReferral {
  readonly id: ReferralId
  readonly agency: string
  readonly destination: string
  readonly state: string
  readonly openedAt: Instant
  readonly reference: string | null
}

/** Who the child is and what is open: the top of the page. */
export interface FileHeader {
  readonly id: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly born: PlainDate | null
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standing: FileStanding
  readonly otherSchool: string | null
  readonly description: string | null
  readonly homeAuthority: string | null
  readonly locality: string | null
  readonly leavesAt: LocalTime | null
  readonly statuses: readonly FileStatus[]
  readonly contacts: readonly FileContact[]
  readonly addresses: readonly FileAddress[]
  readonly siblings: readonly FileSibling[]
  readonly namesakes: readonly Namesake[]
  readonly ties: readonly { readonly name: string; readonly kind: string }[]
  readonly concerns: readonly OpenConcern[]
  readonly clocks: readonly OpenClock[]
  readonly actions: readonly OpenAction[]
  readonly referrals: readonly OpenReferral[]
  /** Concerns about the household, by which the child is or may be affected. */
  readonly household: readonly HouseholdOfChild[]
}

/** A part of what an entry points at. `label` says which box it was typed in. */
export interface Passage {
  readonly label: string
  readonly says: string
}

/** The concern that an entry belongs to, as far as this child's file may say. */
export interface ConcernOfEntry {
  readonly reference: string
  readonly state: string
  readonly urgent: boolean
  readonly location: string | null
  /** The date is that of recording, because nobody said when it happened. */
  readonly undated: boolean
  /** Whoever saw or heard it, where somebody else typed it. */
  readonly reportedBy: string | null
  readonly onBehalfReason: string | null
  readonly firstWrittenAt: Instant | null
  /** Filed here by mistake and moved: nothing of it belongs to this child. */
  readonly movedAway: boolean
  readonly isShared: boolean
  readonly otherSubjects: boolean
}

export interface Entry {
  readonly id: EntryId
  readonly kind: EntryKind
  readonly heading: string
  readonly happenedOn: PlainDate
  readonly happenedAtTime: LocalTime | null
  readonly recordedAt: Instant
  readonly authorId: AdultId | null
  readonly concernId: ConcernId | null
  readonly referralId: ReferralId | null
  readonly noteId: string | null
  readonly involvement: Involvement | null
  readonly categories: readonly string[]
  readonly concern: ConcernOfEntry | null
}

/** Given, family and known-as names of the other children in a concern. */
export type OtherNames = readonly (readonly (string | null)[])[]

/** An entry as stored, with what `sharing.ts` needs to decide how much of it this child's file may show. */
export interface StoredEntry extends Entry {
  /** The time of day by which entries of one day are put in order. */
  readonly hour: string
  readonly concern: (ConcernOfEntry & { readonly category: string | null; readonly otherNames: OtherNames }) | null
}

/** An entry as the page shows it. `words` is absent where only headings were asked for. */
export interface EntryToShow extends Entry {
  readonly words?: EntryWords
}

export type EntryWords =
  | { readonly kind: 'whole' | 'names-left-out' | 'child-words-kept-apart'; readonly passages: readonly Passage[] }
  /** Another child's: they stand on the concern's own page. */
  | { readonly kind: 'kept-apart' }

export interface Author {
  readonly name: string
  readonly jobTitle: string | null
  readonly appointments: readonly { readonly role: RoleId; readonly startsAt: Instant; readonly endsAt: Instant | null }[]
}

/** The entries of one kind on one day, for the timeline. The ids are there where it is a single one. */
export interface Point {
  readonly kind: EntryKind
  readonly on: PlainDate
  readonly count: number
  readonly urgent: boolean
  readonly heading: string | null
  readonly id: EntryId | null
  readonly concernId: ConcernId | null
  readonly referralId: ReferralId | null
  readonly noteId: string | null
}

/** One concern, for the pattern. */
export interface Occasion {
  readonly on: PlainDate
  readonly time: LocalTime | null
  readonly undated: boolean
  readonly place: string | null
  readonly categories: readonly string[]
}

export interface Chronology {
  /** Entries in the file that this reader may know of. */
  readonly total: number
  /** Those that pass the filters. */
  readonly matching: number
  readonly kinds: Readonly<Partial<Record<EntryKind, number>>>
  readonly categories: readonly string[]
  readonly entries: readonly EntryToShow[]
  readonly points: readonly Point[]
  readonly occasions: readonly Occasion[]
  readonly authors: Readonly<Record<string, Author>>
}

export interface FileFilters {
  readonly kinds: readonly EntryKind[]
  readonly category: string | null
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly order: 'newest' | 'oldest'
  readonly words: boolean
  readonly page: number
}

/** A note or a contact in a child's file, to be read. */
export interface NoteToRead {
  readonly id: string
  readonly childId: ChildId
  readonly childName: string
  readonly concernId: ConcernId | null
  readonly concernReference: string | null
  readonly kind: 'note' | 'phone-call' | 'mail' | 'letter' | 'meeting' | 'visit'
  readonly withWhom: string | null
  readonly agency: string | null
  readonly happenedOn: PlainDate
  readonly happenedAtTime: LocalTime | null
  readonly says: string
  readonly authorName: string
  readonly authorTitle: string | null
  readonly recordedAt: Instant
}
