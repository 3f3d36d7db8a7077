/** What the pages of a concern show, beside its facts. */
import type { ActionId, ChildId, ClockId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { Agency, Choice } from '../../policy/clocks.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { AwaitedAccount } from '../accounts/index.ts'
import type { DayMark } from '../attendance/index.ts'
import type { Challenge } from '../challenges/index.ts'
import type { ConcernState, EvidenceKind, Explanation, Scanned, WayItCame } from '../concerns/index.ts'
import type { HouseholdOfChild } from '../household/index.ts'
import type { Answer } from '../questions/index.ts'
import type { JudgementKind, LatestTriage, NewSecondLook, NotReferred, ParentOutcome, Told } from './model.ts'
import type { Reply } from './replies.ts'

/** Whether and when a child arrived. */
export interface MarkKnown extends DayMark {
  readonly childId: ChildId
}

export interface AccountPart {
  readonly part: number
  readonly writtenAt: Instant
  readonly writtenBy: string | null
  readonly childWords: string
  readonly seen: string
  readonly opinion: string
  readonly done: string
}

export interface AdultInConcern {
  readonly n: number
  readonly name: string
  readonly relation: string | null
  readonly involvement: 'alleged' | 'at-risk' | 'witness' | 'told' | 'present'
  readonly toldAt: Instant | null
  readonly ofSchool: boolean
}

export interface MarkOnPage {
  readonly n: number
  readonly childId: ChildId
  readonly side: 'front' | 'back'
  readonly region: string
  readonly x: number | null
  readonly y: number | null
  readonly description: string
  readonly sizeSays: string | null
  readonly colour: string | null
}

export interface AttachmentOnPage extends Scanned {
  readonly id: string
  readonly kind: EvidenceKind
  /** How a child came to give it; empty for paper of adults. */
  readonly circumstances: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly addedAt: Instant
  readonly addedBy: string | null
}

export interface AddendumOnPage {
  readonly id: string
  readonly kind: 'reporter' | 'team' | 'feedback' | 'first-hand'
  readonly at: Instant
  readonly author: string | null
  readonly says: string
}

export interface ClockOnPage {
  readonly id: ClockId
  readonly name: ClockName
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly standing: 'stated' | 'read' | 'setting' | 'unverified'
  /** The day on which it began, by which its rule is read. */
  readonly basisOn: PlainDate
  readonly dueAt: Instant | null
  readonly metAt: Instant | null
  readonly endedAt: Instant | null
  readonly breachedAt: Instant | null
}

export interface TriageOnPage extends LatestTriage {
  readonly id: string
  readonly startedAt: Instant | null
  /** The registration marks of the day as they stood then. */
  readonly registration: readonly MarkKnown[]
  readonly policyEdition: string
  readonly answers: readonly Answer[]
}

export interface DecisionOnPage {
  readonly id: string
  readonly at: Instant
  readonly byName: string
  readonly choice: Choice
  readonly rationale: string
  readonly notReferringBecause: string | null
  readonly adviceFrom: string | null
  readonly policyEdition: string
  readonly answers: readonly Answer[]
  readonly notReferred: readonly NotReferred[]
  readonly considered: readonly Choice[]
  readonly framework: string | null
  readonly levelId: string | null
  readonly thresholdTitle: string | null
  readonly thresholdEdition: string | null
  readonly thresholdUnderReview: boolean
  readonly secondLooks: readonly SecondLookOnPage[]
}

/** What became of an earlier decision under a newer edition of the threshold document. */
export interface SecondLookOnPage {
  readonly edition: string
  readonly outcome: NewSecondLook['outcome']
  readonly because: string
  readonly at: Instant
  readonly byName: string
}

/** A decision that was made under an edition under review, of which there is a newer one. */
export interface DecisionToRecheck {
  readonly id: string
  readonly concernId: ConcernId
  readonly reference: string
  readonly state: ConcernState
  readonly children: readonly { readonly name: string; readonly className: string | null }[]
  readonly at: Instant
  readonly byName: string
  readonly choice: Choice
  readonly framework: string
  readonly levelId: string
  readonly thresholdTitle: string
  readonly thresholdEdition: string
  readonly newEdition: string
}

export type DecisionUnderReview = Pick<
  DecisionToRecheck,
  'id' | 'at' | 'byName' | 'choice' | 'framework' | 'levelId' | 'thresholdTitle' | 'thresholdEdition'
>

export interface ParentContactOnPage {
  readonly id: string
  readonly childId: ChildId
  readonly at: Instant
  readonly byName: string
  readonly outcome: ParentOutcome
  readonly who: string | null
  readonly says: string
  /** The second of the team who agreed that they are not told. */
  readonly approvedBy: string | null
  readonly advisedBy: string | null
  readonly advisedRole: string | null
  readonly advisedAt: Instant | null
}

export interface ReferralOnPage {
  readonly id: ReferralId
  readonly childId: ChildId
  readonly agency: Agency
  readonly destination: string
  readonly state: 'decided' | 'phoned' | 'written' | 'answered' | 'escalated' | 'concluded'
  readonly openedAt: Instant
  readonly direct: boolean
}

export interface ActionOnPage {
  readonly id: ActionId
  readonly says: string
  readonly ownerName: string
  readonly dueOn: PlainDate
  readonly doneAt: Instant | null
  readonly dropped: boolean
  readonly outcome: string | null
  readonly asksChildren: boolean
}

export interface LinkOnPage {
  readonly id: ConcernId
  readonly reference: string
  readonly recordedAt: Instant
  readonly reason: string
}

export interface MoveOnPage {
  readonly from: string
  readonly to: string
  readonly at: Instant
  readonly byName: string
  readonly reason: string
}

export interface ClosureOnPage {
  readonly id: string
  readonly notReferred: readonly NotReferred[]
  readonly closedAt: Instant
  readonly closedBy: string
  readonly summary: string
  readonly outcome: string
  readonly rationale: string
  readonly reopenedAt: Instant | null
  readonly reopenedBy: string | null
  readonly reopenedBecause: string | null
}

export interface AmendmentOnPage {
  readonly id: string
  readonly judgementId: string
  readonly says: string
  readonly because: string
  readonly at: Instant
  readonly byName: string
}

/** What may be corrected: `says` is the level, the choice, or nothing. */
export interface JudgementToAmend {
  readonly id: string
  readonly kind: JudgementKind
  readonly at: Instant
  readonly byName: string
  readonly says: string
}

/** What part of a register is shown. */
export interface RegisterAsked {
  readonly from: PlainDate | undefined
  readonly to: PlainDate | undefined
  readonly agency: Agency | undefined
}

/** One line of the register of what was not referred. */
export interface NotReferredRow extends NotReferred {
  readonly id: string
  readonly at: Instant
  readonly byName: string
  readonly atClosing: boolean
  readonly concernId: ConcernId
  readonly reference: string
  readonly state: ConcernState
  readonly children: readonly { readonly name: string; readonly className: string | null }[]
  readonly amendments: readonly Omit<AmendmentOnPage, 'id' | 'judgementId'>[]
  /** When it was referred to that agency after all. */
  readonly referredAt: Instant | null
}

export interface HoldOnPage {
  readonly setAt: Instant
  readonly question: string
  readonly option: string
  readonly liftedAt: Instant | null
  readonly liftedBy: string | null
  readonly liftedBecause: string | null
}

/** The concern as it was reported and all that was done with it since. */
export interface ConcernContent {
  readonly reporter: string | null
  readonly writer: string | null
  readonly onBehalfOf: string | null
  readonly onBehalfReason: string | null
  readonly outsideReporter: string | null
  readonly outsideContact: string | null
  readonly happenedSays: string | null
  readonly lateReason: string | null
  readonly firstWrittenAt: Instant | null
  readonly location: string | null
  readonly voiceTold: boolean | null
  readonly policyEdition: string
  readonly nextLookAt: Instant | null
  /** Holders of the lead post, who stay accountable whoever does the work. */
  readonly leads: readonly string[]
  /** Accounts of whoever saw or heard it, awaited or come. */
  readonly awaited: readonly AwaitedAccount[]
  /** When the child had finished telling, and when the write-up began. */
  readonly disclosure: { readonly endedAt: Instant; readonly beganAt: Instant } | null
  readonly accounts: readonly AccountPart[]
  /** What whoever recorded it answered to the policy's questions. */
  readonly answers: readonly Answer[]
  /** The latest hold on speaking with the parents. */
  readonly hold: HoldOnPage | null
  readonly adults: readonly AdultInConcern[]
  readonly marks: readonly MarkOnPage[]
  /** How it reached the school; null where nobody said. */
  readonly came: WayItCame | null
  readonly replies: readonly Reply[]
  readonly explanations: readonly Explanation[]
  /** Explanations of an injury do not agree, or nobody has said that they do. */
  readonly explanationsDiffer: boolean
  readonly attachments: readonly AttachmentOnPage[]
  readonly addenda: readonly AddendumOnPage[]
  readonly told: readonly Told[]
  readonly clocks: readonly ClockOnPage[]
  readonly triages: readonly TriageOnPage[]
  readonly decisions: readonly DecisionOnPage[]
  readonly parents: readonly ParentContactOnPage[]
  readonly referrals: readonly ReferralOnPage[]
  readonly actions: readonly ActionOnPage[]
  readonly links: readonly LinkOnPage[]
  readonly moves: readonly MoveOnPage[]
  readonly closures: readonly ClosureOnPage[]
  readonly amendments: readonly AmendmentOnPage[]
}

/** What somebody did about it while no DSL could be reached. */
export interface FallbackStep {
  readonly id: string
  readonly kind: 'pressed' | 'advice' | 'referral' | 'act'
  readonly byName: string
  readonly at: Instant
  readonly withWhom: string
  readonly says: string
  readonly seenAt: Instant | null
  readonly seenBy: string | null
  readonly countersignedAt: Instant | null
  readonly countersignedBy: string | null
}

export interface HandBackOnPage {
  readonly id: string
  readonly byName: string
  readonly isOwn: boolean
  readonly openedAt: Instant
  readonly writtenAt: Instant | null
  readonly concerns: string | null
  readonly actions: string | null
}

/** What others did in the DSL's place. */
export interface Meanwhile {
  /** Steps that this reading was the first of the team to see. */
  readonly newlySeen: readonly string[]
  readonly steps: readonly FallbackStep[]
  readonly handBacks: readonly HandBackOnPage[]
  /** The role of whoever acted for the DSL, by what was done. */
  readonly acting: Readonly<Record<string, string>>
  /** Whoever reported it is still worried. */
  readonly challenges: readonly Challenge[]
}

export interface EarlierConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly recordedAt: Instant
  readonly state: ConcernState
  readonly urgent: boolean
  readonly category: string | null
  readonly prompts: readonly string[]
  readonly involvement: string
}

export interface StatusKnown {
  readonly status: string
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate | null
  readonly authority: string | null
  readonly workerName: string | null
  readonly workerPhone: string | null
}

export interface SiblingKnown {
  readonly childId: ChildId
  readonly name: string
  readonly className: string | null
  readonly openConcerns: number
}

export interface ContactKnown {
  readonly name: string
  readonly relation: string
  readonly phone: string | null
  readonly barred: boolean
  readonly barredReason: string | null
}

/** What the school already knows of a child, to be read beside what came in. */
export interface ChildKnown {
  readonly childId: ChildId
  readonly earlierCount: number
  readonly earlier: readonly EarlierConcern[]
  readonly statuses: readonly StatusKnown[]
  readonly siblings: readonly SiblingKnown[]
  readonly contacts: readonly ContactKnown[]
  readonly household: readonly HouseholdOfChild[]
  /** Today's registration mark. */
  readonly mark: MarkKnown | null
}

/** A child found by name, for moving a concern to the right file. */
export interface FoundChild {
  readonly childId: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly className: string | null
  readonly born: PlainDate | null
  readonly standing: string
}

/** Another concern that may be a report of the same event. */
export interface LinkCandidate {
  readonly id: ConcernId
  readonly reference: string
  readonly recordedAt: Instant
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly urgent: boolean
  readonly category: string | null
  readonly prompts: readonly string[]
  readonly reporter: string | null
}

/** A concern that stands in nobody's file, with what was written of it. */
export interface WithoutFileRow {
  readonly id: ConcernId
  readonly reference: string
  readonly state: ConcernState
  readonly urgent: boolean
  readonly recordedAt: Instant
  readonly ownerName: string | null
  readonly atRisk: readonly string[]
  readonly children: readonly { readonly childId: ChildId; readonly name: string; readonly description: string }[]
  readonly parts: readonly {
    readonly kind: 'reported' | 'added' | 'triage' | 'decision' | 'closure'
    readonly at: Instant
    readonly byName: string | null
    readonly says: string
  }[]
}
