import type { ActionId, AdultId, ChildId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { OpenAccount } from '../accounts/index.ts'
import type { ConcernState } from '../concerns/index.ts'
import type { ContactCheck } from '../directory/index.ts'
import type { AwaitingSibling } from '../household/index.ts'
import type { MailboxFacts } from '../mailbox/index.ts'

export interface TodayChild {
  readonly name: string
  readonly className: string | null
  /** A child whose name is shared says when they were born. */
  readonly born: PlainDate | null
}

export interface TodayClock {
  readonly name: ClockName
  readonly dueAt: Instant | null
  readonly standing: 'stated' | 'read' | 'setting' | 'unverified'
  readonly rule: string
  /** The day on which it began, by which its rule is read. */
  readonly basisOn: PlainDate
}

/** What decides in which list an open concern stands, and where in it. */
export interface TodayOutline {
  readonly id: ConcernId
  readonly state: ConcernState
  readonly urgent: boolean
  readonly stub: boolean
  readonly recordedAt: Instant
  /** When somebody looks again at a concern that is decided. */
  readonly nextLookAt: Instant | null
  /** The first time that is due among its running clocks and its open steps. */
  readonly dueAt: Instant | null
  /** A referral was decided and is not made. */
  readonly owesReferral: boolean
  /** A referral waits for somebody outside. */
  readonly isWaiting: boolean
  /** What people say of how an injury came about does not agree, or nobody has said that it does. */
  readonly explanationsDiffer: boolean
}

/** What the policy has done by a time and what nobody has written down yet. */
export interface TodayStep {
  readonly id: string
  readonly does: string
  readonly openedAt: Instant
  readonly dueAt: Instant
  /** Somebody owes it in person: nobody else can do it. */
  readonly inPerson: boolean
}

/** A concern as its row shows it: never a word of what was written. */
export interface TodayConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly category: string | null
  readonly prompts: readonly string[]
  readonly ownerName: string | null
  readonly children: readonly TodayChild[]
  /** Everybody told who has not looked yet. */
  readonly unseenBy: readonly string[]
  readonly seenBySomebody: boolean
  /** A parent was spoken with before anybody of the team had advised. */
  readonly parentFirst: boolean
  readonly clock: TodayClock | null
  readonly steps: readonly TodayStep[]
  /** A child in it is to be seen today, and nobody has written that they were. */
  readonly notSeenYet: boolean
  /** A child told the school, and nobody has spoken with them in time. */
  readonly childUnanswered: boolean
  /** How many of its clocks are past their time; the row names the first. */
  readonly overdueClocks: number
  readonly waitingFor: readonly {
    readonly referralId: ReferralId
    readonly destination: string
    readonly state: string
    readonly openedAt: Instant
  }[]
}

export interface TodayAction {
  readonly id: ActionId
  readonly says: string
  readonly dueOn: PlainDate
  readonly concernId: ConcernId | null
  readonly reference: string | null
  readonly ownerName: string
  /** The owner has left or is outside the concern: somebody else must take it. */
  readonly ownerGone: boolean
}

export interface Away {
  readonly adultId: AdultId
  readonly name: string
  readonly roles: readonly string[]
  readonly until: Instant | null
}

export interface TodayFacts {
  readonly mailbox: MailboxFacts
  readonly concerns: readonly TodayOutline[]
  readonly actions: readonly TodayAction[]
  readonly away: readonly Away[]
  /** Brothers and sisters linked with a concern about their household, who wait for a yes or no. */
  readonly siblings: readonly AwaitingSibling[]
  /** Decisions that wait to be looked at under a newer edition of the threshold document. */
  readonly secondLooks: number
  /** Files opened by breaking the glass that this person answers for and nobody has reviewed. */
  readonly glassToReview: number
  /** Cases opened for the trust that nobody has reviewed. */
  readonly casesToReview: number
  /** Pupils whose absences follow a pattern of the policy: concerns that wait to be recorded or set aside. */
  readonly absenceDrafts: readonly {
    readonly id: string
    readonly childId: ChildId
    readonly name: string
    readonly says: string
  }[]
  /** The last check of each contact of the policy. */
  readonly contactChecks: readonly ContactCheck[]
  /** The night of the last checkpoint of the audit trail, for whoever may read them. */
  readonly lastCheckpoint: PlainDate | null
  /** How many questions about unusual looking wait for an answer. */
  readonly lookingToAsk: number
}

/** A concern as it stands in a list of what happened in the reader's place. */
export interface MeanwhileRow {
  readonly concernId: ConcernId
  readonly reference: string
  readonly children: readonly string[]
}

export interface MeanwhileFacts {
  /** Recorded, decided or closed while the reader was out, and not opened by them since. */
  readonly whileAway: readonly (MeanwhileRow & {
    readonly state: ConcernState
    readonly urgent: boolean
    readonly ownerName: string | null
    readonly says: readonly string[]
    readonly since: Instant
  })[]
  /** Done without a DSL, and not countersigned. */
  readonly steps: readonly (MeanwhileRow & {
    readonly byName: string
    readonly at: Instant
    readonly withWhom: string
    readonly seenAt: Instant | null
  })[]
  /** Accounts of whoever saw or heard it that are not written. */
  readonly accounts: readonly OpenAccount[]
  /** Owed or written by whoever stood in, and not read yet. */
  readonly handBacks: readonly (MeanwhileRow & {
    readonly byName: string
    readonly openedAt: Instant
    readonly writtenAt: Instant | null
  })[]
}

export const todayLists = ['unreached', 'new', 'overdue', 'due-today', 'to-decide', 'unfinished', 'waiting', 'coming'] as const
export type TodayList = (typeof todayLists)[number]
