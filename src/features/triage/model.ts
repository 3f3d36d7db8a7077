import type { ActionId, AdultId, AlertId, ChildId, ClockId, ConcernId, EntryId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { Agency, Choice } from '../../policy/clocks.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { Advice } from '../advice/index.ts'
import type { AlertToSend, ChildInvolvement, ClockToStart, ConcernState } from '../concerns/model.ts'
import type { EmergencyCall, FamilyContact } from '../contacts-made/index.ts'
import type { KeptStep } from '../pathways/model.ts'
import type { Answer } from '../questions/model.ts'

export const urgentAnswers = ['yes', 'no', 'not-known'] as const
export type UrgentAnswer = (typeof urgentAnswers)[number]

export const choices = [
  'no-further-action',
  'monitor',
  'pastoral',
  'early-help',
  'refer',
  'police',
] as const satisfies readonly Choice[]

export const parentOutcomes = ['told', 'not-told', 'advice-sought'] as const
export type ParentOutcome = (typeof parentOutcomes)[number]

/** A child in a concern, as the safeguarding team needs to know them while deciding. */
export interface ConcernChild {
  readonly childId: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly className: string | null
  readonly yearGroup: string | null
  readonly born: PlainDate | null
  readonly standing: 'on-roll' | 'dual' | 'left' | 'not-on-roll' | 'unidentified'
  readonly description: string | null
  readonly involvement: ChildInvolvement
  readonly movedTo: ChildId | null
  readonly homeAuthority: string | null
  readonly locality: string | null
  readonly leavesAt: LocalTime | null
  readonly tied: readonly AdultId[]
}

export interface RunningClock {
  readonly id: ClockId
  readonly name: ClockName
  readonly says: string
  readonly dueAt: Instant | null
  readonly referralId: ReferralId | null
}

export interface OpenAction {
  readonly id: ActionId
  readonly says: string
  readonly ownerName: string
  readonly dueOn: PlainDate
}

export interface OpenReferral {
  readonly id: ReferralId
  readonly agency: Agency
  readonly destination: string
}

/** Danger answers of the latest triage, kept in sight until the concern is closed. */
export interface LatestTriage {
  readonly at: Instant
  readonly byName: string
  readonly immediateRisk: UrgentAnswer
  readonly safeToGoHome: UrgentAnswer
  readonly medical: UrgentAnswer
  readonly police: UrgentAnswer
  readonly urgentSays: string
  readonly categories: readonly string[]
  readonly mainCategory: string | null
  readonly framework: string
  readonly levelId: string
  readonly levelPosition: number
  readonly rationale: string
}

/** Everything that the rules ask before a concern changes, loaded in one round trip. */
export interface ConcernFacts {
  readonly id: ConcernId
  readonly reference: string
  readonly state: ConcernState
  readonly excluded: readonly AdultId[]
  readonly readers: readonly AdultId[]
  readonly reporterId: AdultId | null
  readonly writtenBy: AdultId | null
  readonly ownerId: AdultId | null
  readonly ownerName: string | null
  readonly urgent: boolean
  readonly stub: boolean
  readonly category: string | null
  readonly prompts: readonly string[]
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly recordedAt: Instant
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: string | null
  readonly children: readonly ConcernChild[]
  /** An adult of the school is said to have harmed. */
  /** The names of the adults for whom it is a worry. */
  readonly adultsAtRisk: readonly string[]
  readonly adultAlleged: boolean
  readonly triage: LatestTriage | null
  readonly triages: number
  readonly decisions: number
  readonly closures: number
  readonly latestDecision: { readonly choice: Choice; readonly at: Instant; readonly byName: string } | null
  /** Referrals to anybody made since the latest decision, or before it. */
  readonly referrals: number
  readonly clocks: readonly RunningClock[]
  readonly openActions: readonly OpenAction[]
  readonly openReferrals: readonly OpenReferral[]
  /** Children whose parents were told, or not told with a reason. */
  readonly parentsAnswered: readonly ChildId[]
  /** Calls to the emergency number, the earliest first. */
  readonly emergencyCalls: readonly EmergencyCall[]
  readonly advice: readonly Advice[]
  /** Talks with a parent by whoever reported it or the team. */
  readonly familyContacts: readonly FamilyContact[]
  /** What the policy asks for in it, the open first. */
  readonly steps: readonly KeptStep[]
}

/** One item that a step adds to a child's chronology. Headings carry no narrative and no other child's name. */
export interface EntryToWrite {
  readonly id: EntryId
  readonly childId: ChildId
  readonly kind:
    | 'concern'
    | 'addendum'
    | 'note'
    | 'contact'
    | 'decision'
    | 'triage'
    | 'referral'
    | 'parents'
    | 'action'
    | 'closure'
    | 'reopening'
    | 'moved'
    | 'linked'
  readonly heading: string
  readonly happenedOn: PlainDate
  readonly happenedAtTime: LocalTime | null
  readonly referralId: ReferralId | null
  readonly noteId: string | null
  readonly involvement: ChildInvolvement | null
  readonly categories: readonly string[]
}

/** An alert with, where the person told is the one who acts, the moment at which they had thereby seen it. */
export interface AlertToWrite extends AlertToSend {
  readonly seenAt: Instant | null
}

/** What a step changes about a concern besides its own row. Absent fields stay as they are. */
export interface ConcernChange {
  readonly state?: ConcernState
  readonly ownerId?: AdultId | null
  readonly nextLookAt?: Instant | null
  /** Whoever acts has seen it, and so have their own alerts. */
  readonly acknowledges?: boolean
  /** It is urgent from now on, whoever had not said so. */
  readonly raises?: boolean
  /** Clocks of the concern that the step meets. */
  readonly meets?: readonly ClockName[]
  /** When they were met, where that was before it was recorded. */
  readonly metAt?: Instant
  /** Where given, the step meets the clocks of this referral only, and starts them for it. */
  readonly referralId?: ReferralId
  /** Clocks that end without being met, because the concern closes. */
  readonly ends?: readonly ClockId[]
  readonly starts?: readonly ClockToStart[]
  readonly alerts?: readonly AlertToWrite[]
  readonly entries?: readonly EntryToWrite[]
}

export interface NewTriage {
  readonly immediateRisk: UrgentAnswer
  readonly safeToGoHome: UrgentAnswer
  readonly medical: UrgentAnswer
  readonly police: UrgentAnswer
  readonly urgentSays: string
  readonly categories: readonly string[]
  /** Of several the one that weighs most. */
  readonly mainCategory?: string | null
  /** When the form was opened. */
  readonly startedAt?: Instant | null
  readonly framework: string
  readonly levelId: string
  readonly rationale: string
  /** To the questions that the school's policy asks besides. */
  readonly answers?: readonly Answer[]
}

/** An agency to which a child is not referred, and why. */
export interface NotReferred {
  readonly agency: Agency
  readonly reason: string
}

export const judgementKinds = ['triage', 'decision', 'closure'] as const
export type JudgementKind = (typeof judgementKinds)[number]

/** A correction of what was judged: it stands beside the first and takes nothing away. */
export interface NewAmendment {
  readonly judgement: { readonly kind: JudgementKind; readonly id: string }
  readonly says: string
  readonly because: string
}

export interface NewDecision {
  readonly choice: Choice
  readonly rationale: string
  readonly answers?: readonly Answer[]
  readonly notReferringBecause: string
  readonly adviceFrom: string
  /** Agencies besides social care that were thought of and not turned to. */
  readonly notReferred?: readonly NotReferred[]
  /** Routes that were weighed; the chosen one counts among them by itself. */
  readonly considered?: readonly Choice[]
  /** When somebody looks at it again; null only where the concern is to be closed at once. */
  readonly nextLookOn: PlainDate | null
}

/** By what a decision judged the need: the edition is kept, because the document may change. */
export interface Citation {
  readonly framework: string
  readonly levelId: string
  readonly threshold: { readonly title: string; readonly edition: string; readonly underReview: boolean } | null
}

/** A look at an earlier decision under a newer edition of the threshold document. */
export interface NewSecondLook {
  readonly decisionId: string
  readonly edition: string
  readonly outcome: 'unchanged' | 'changed'
  readonly because: string
}

/** Of social care: who supported it that parents are not told of a referral. */
export interface WithholdingAdvice {
  readonly by: string
  readonly role: string
  readonly at: Instant
}

export interface NewParentContact {
  readonly childId: ChildId
  readonly outcome: ParentOutcome
  readonly who: string
  readonly says: string
  /** By telephone, in person, by letter; empty where nobody says. */
  readonly method?: string
  /** The second of the team who agreed that they are not told. */
  readonly approvedBy?: AdultId | null
  readonly advice?: WithholdingAdvice | null
}

export interface NewClosure {
  readonly summary: string
  readonly outcome: string
  readonly rationale: string
  readonly notReferred?: readonly NotReferred[]
  /** Running clocks that the closer says are dealt with. */
  readonly endedClocks: readonly ClockId[]
}

/** Why a step cannot be taken now. */
export type StepRefusal =
  /** Somebody else changed it meanwhile; `revision` is what it is now. */
  | { readonly code: 'changed-meanwhile'; readonly state: ConcernState; readonly revision: string }
  | { readonly code: 'not-in-this-state'; readonly state: ConcernState }
  /** The school's policy demands an answer that is not given. */
  | { readonly code: 'question-unanswered'; readonly question: { readonly id: string; readonly asks: string } }
  | { readonly code: 'child-not-in-concern' }
  | { readonly code: 'same-child' }
  | { readonly code: 'stands-in-the-way'; readonly obstacles: readonly Obstacle[] }
  | { readonly code: 'nobody-to-tell' }
  | { readonly code: 'not-of-the-team' }
  | { readonly code: 'no-such-concern' }
  | { readonly code: 'linked-already' }
  | { readonly code: 'not-in-household' }
  /** Nobody speaks with the parents until the DSL says so. */
  | { readonly code: 'parents-held' }
  /** An agency has to advise before the hold is lifted. */
  | { readonly code: 'advice-first' }
  /** What the policy asks for comes before a decision not to refer. */
  | { readonly code: 'step-first'; readonly says: readonly string[] }
  /** The policy has somebody brought in before triage is complete. */
  | { readonly code: 'confer-first'; readonly says: readonly string[] }
  | { readonly code: 'not-held' }
  /** What stays within the school is looked at again sooner. */
  | { readonly code: 'review-too-late'; readonly by: PlainDate; readonly says: string }
  /** That parents are not told is agreed by a second of the team. */
  | { readonly code: 'second-needed'; readonly says: string }
  /** That parents are not told of a referral is supported by social care: who, in what part, when. */
  | { readonly code: 'advice-needed'; readonly says: string }

/** A hold on speaking with parents that stands, by the concern on which it was set. */
export interface StandingHold {
  readonly concernId: ConcernId
  readonly reference: string
  readonly setAt: Instant
}

/** What must be dealt with before a concern closes. */
export type Obstacle =
  | { readonly kind: 'action'; readonly action: OpenAction }
  | { readonly kind: 'referral'; readonly referral: OpenReferral }
  | { readonly kind: 'referral-not-made'; readonly choice: Choice }
  | { readonly kind: 'parents'; readonly childIds: readonly ChildId[] }
  /** Whoever reported it is still worried and has no answer yet. */
  | { readonly kind: 'challenge' }
  /** The child who told the school has not heard what came of it. */
  | { readonly kind: 'child-feedback' }
  /** What the policy asks for is neither done nor, with a reason, left. */
  | { readonly kind: 'pathway-step'; readonly step: KeptStep }
  | { readonly kind: 'clock'; readonly clock: RunningClock }

export interface Told {
  readonly id: AlertId
  readonly adultId: AdultId
  readonly name: string
  readonly role: string
  readonly kind: AlertToSend['kind']
  readonly says: string
  readonly source: string
  readonly toldAt: Instant
  readonly seenAt: Instant | null
}
