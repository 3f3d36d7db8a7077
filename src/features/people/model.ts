import type { AdultId, AppointmentId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { childStatuses } from '../../policy/child-statuses.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { HouseholdOfChild } from '../household/model.ts'

export const standings = ['on-roll', 'dual', 'left', 'not-on-roll', 'unidentified'] as const
export type Standing = (typeof standings)[number]

/** Legal and support statuses of a child, in the order in which a header shows them. */
export const statusKinds = childStatuses
export type StatusKind = (typeof statusKinds)[number]

export const adultKinds = [
  'staff',
  'supply',
  'contractor',
  'volunteer',
  'governor',
  'trainee',
  'trust',
  'parent',
  'visitor',
  'professional',
] as const
export type AdultKind = (typeof adultKinds)[number]

export const tieKinds = ['parent', 'relative', 'household', 'declared'] as const
export type TieKind = (typeof tieKinds)[number]

/** What is known of a child by everyone who keeps the roll. */
export interface ChildFacts {
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly born: PlainDate | null
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standing: Standing
  readonly otherSchool: string | null
  readonly description: string | null
  readonly homeAuthority: string | null
  readonly locality: string | null
  readonly leavesAt: LocalTime | null
}

export interface ChildContact {
  readonly id: string
  readonly name: string
  readonly relation: string
  readonly phone: string | null
  readonly email: string | null
  readonly priority: number
  readonly barred: boolean
  readonly barredReason: string | null
}

export interface ChildAddress {
  readonly id: string
  readonly address: string
  readonly says: string | null
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
}

export interface ChildStatus {
  readonly id: string
  readonly status: StatusKind
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
  readonly authority: string | null
  readonly workerName: string | null
  readonly workerPhone: string | null
}

export interface NamedChild {
  readonly id: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standing: Standing
}

/** One page of the school's children, with what it can be narrowed by. */
export interface ListedChildren {
  readonly total: number
  readonly children: readonly NamedChild[]
  readonly yearGroups: readonly string[]
  readonly classNames: readonly string[]
}

/** A child as finding offers it. */
/** An account of somebody who works here now. */
export interface AccountUse {
  readonly adultId: AdultId
  readonly name: string
  readonly jobTitle: string | null
  /** When they began here. */
  readonly startsAt: Instant
  readonly account: 'none' | 'open' | 'closed'
  readonly lastUsedAt: Instant | null
}

/** Somebody who left and can still sign in. */
export interface Leaver {
  readonly adultId: AdultId
  readonly name: string
  readonly leftAt: Instant
  /** Another school has them. */
  readonly elsewhere: boolean
}

/** A concern of one's own about a child who was found. */
export interface OwnConcernAbout {
  readonly childId: ChildId
  readonly id: ConcernId
  readonly reference: string
  readonly recordedAt: Instant
}

export interface FoundChild extends NamedChild {
  readonly knownAs: string | null
  readonly born: PlainDate | null
}

export interface ChildRecord extends ChildFacts {
  readonly id: ChildId
  readonly tied: readonly AdultId[]
  readonly contacts: readonly ChildContact[]
  /** Concerns about the household, for the safeguarding team alone. */
  readonly household: readonly HouseholdOfChild[]
  readonly addresses: readonly ChildAddress[]
  readonly statuses: readonly ChildStatus[]
  readonly siblings: readonly NamedChild[]
  readonly ties: readonly { readonly adultId: AdultId; readonly name: string; readonly kind: TieKind }[]
}

export interface AdultFacts {
  readonly name: string
  readonly kind: AdultKind
  readonly jobTitle: string | null
  readonly employer: string | null
  readonly email: string | null
  readonly phone: string | null
}

export interface Appointment {
  readonly id: AppointmentId
  readonly role: RoleId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

export interface HeldAppointment extends Appointment {
  /** Who proposed and who agreed to the last change of it; null where it took one person, or whoever asks may not know. */
  readonly agreement: Agreement | null
}

export interface Tie {
  readonly id: string
  readonly kind: TieKind
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly child: { readonly id: ChildId; readonly name: string; readonly className: string | null } | null
  readonly adult: { readonly id: AdultId; readonly name: string } | null
}

/** Whether an adult can sign in, and until when an invitation waits for them. */
export interface AdultAccount {
  readonly state: 'none' | 'open' | 'closed'
  readonly invitedUntil: Instant | null
  /** Open at this school now; null for whoever keeps no accounts. */
  readonly sessions: number | null
  /** The account opens files or appoints those who do, and one person alone has asked for this invitation. */
  readonly needsSecond: boolean
  /** The mail has gone out, or is about to. */
  readonly isReady: boolean
}

export interface AdultRecord extends AdultFacts {
  readonly id: AdultId
  readonly account: AdultAccount
  readonly absentUntil: Instant | 'open' | null
  readonly appointments: readonly HeldAppointment[]
  /** Proposed of their roles and not answered, for whoever may know. */
  readonly waiting: readonly WaitingChange[]
  readonly ties: readonly Tie[]
}

export interface ListedAdult {
  readonly id: AdultId
  readonly name: string
  readonly kind: AdultKind
  readonly jobTitle: string | null
  readonly roles: readonly RoleId[]
  readonly absent: boolean
}

/** Why something about people was not done. Sentences stand in `pages/says.ts`. */
export type PeopleRefusal =
  | 'same-child-exists'
  | 'no-such-adult'
  | 'no-such-child'
  | 'no-such-part'
  | 'already-ended'
  | 'own-appointment'
  | 'waits-already'
  | 'needs-why'
  | 'ends-before-start'
  | 'same-role-overlaps'
  | 'lead-post-taken'
  | 'lead-not-senior'
  | 'lead-vacant'
  | 'already-over'
  | 'own-tie'
  | 'already-tied'
  | 'tie-to-self'
  | 'already-siblings'

// ---- changes of the safeguarding team

export type TeamChangeKind = 'give' | 'lengthen' | 'shorten' | 'end-now'
export type TeamChangeState = 'open' | 'agreed' | 'declined' | 'withdrawn' | 'lapsed' | 'to-review' | 'upheld' | 'given-back'

/** Why a role was ended at once: no words, so that nothing of a concern about somebody stands beside their role. */
export const endReasons = ['left', 'away', 'account'] as const
export type EndReason = (typeof endReasons)[number]

/** One change of who holds a role that opens files or stands in for those who do. */
export interface TeamChange {
  readonly id: string
  readonly kind: TeamChangeKind
  readonly state: TeamChangeState
  readonly adultId: AdultId
  readonly adultName: string
  readonly role: RoleId
  readonly appointmentId: AppointmentId
  readonly wasStartsAt: Instant | null
  readonly wasEndsAt: Instant | null
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly why: EndReason | null
  readonly proposedBy: AdultId
  readonly proposedByName: string
  readonly proposedAt: Instant
  /** Nothing lapses that was done at once. */
  readonly lapsesAt: Instant | null
  readonly nobodyElse: boolean
  readonly decidedByName: string | null
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
  /** Whoever reads it may answer it now. */
  readonly isForMe: boolean
}

/** The two people of the last change of an appointment, shown beside it. */
export interface Agreement {
  readonly changeId: string
  readonly state: TeamChangeState
  readonly proposedByName: string
  readonly decidedByName: string | null
  readonly nobodyElse: boolean
}

/** What is proposed of somebody's roles and waits for a second person. */
export interface WaitingChange {
  readonly id: string
  readonly kind: TeamChangeKind
  readonly role: RoleId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly proposedByName: string
}

export type TeamRefusal =
  | 'not-open'
  | 'changed-since'
  | 'ends-before-start'
  | 'same-role-overlaps'
  | 'lead-post-taken'
  | 'lead-not-senior'
  | 'lead-vacant'

/** Who is there without the person concerned. */
export interface WhoIsLeft {
  /** Could agree with whoever acts. */
  readonly agreeing: readonly string[]
  /** Open files besides the person concerned. */
  readonly readers: readonly string[]
}
