import type { ActionId, AdultId, ChildId, ClockId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Agency } from '../../policy/clocks.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { PlanKind } from '../plans/index.ts'

export const agencies = [
  'social-care',
  'early-help',
  'police',
  'prevent',
  'lado',
  'mental-health',
  'other',
] as const satisfies readonly Agency[]

/** What somebody may say of the parents' agreement. */
export const consents = ['given', 'refused', 'not-sought'] as const
/** `to-ask`: a decision opened the referral, and nobody has said yet. */
export type Consent = (typeof consents)[number] | 'to-ask'

export type ReferralState = 'decided' | 'phoned' | 'written' | 'answered' | 'escalated' | 'concluded'

/** The steps of a referral after it was decided. */
export const referralSteps = ['phoned', 'written', 'chased', 'answered', 'escalated', 'concluded'] as const
export type ReferralStep = (typeof referralSteps)[number]

export interface ReferralEvent {
  readonly id: string
  readonly kind: 'decided' | ReferralStep
  readonly at: Instant
  readonly recordedAt: Instant
  readonly byName: string
  readonly withWhom: string | null
  readonly outcome: string | null
  readonly says: string
  readonly placeRisks: string | null
  readonly attached: string | null
  /** Why no written referral was due when it was concluded. */
  readonly unwrittenBecause: string | null
}

export interface ReferralClock {
  readonly id: ClockId
  readonly name: ClockName
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly standing: 'stated' | 'read' | 'setting' | 'unverified'
  readonly basisOn: PlainDate
  readonly dueAt: Instant | null
  readonly metAt: Instant | null
  readonly endedAt: Instant | null
  readonly breachedAt: Instant | null
}

export type TaskAsks = 'chase' | 'next-stage'

export interface ReferralTask {
  readonly id: ActionId
  readonly asks: TaskAsks
  readonly says: string
  readonly ownerName: string
  readonly dueOn: PlainDate
}

export interface PlanBeside {
  readonly kind: PlanKind
  readonly says: string
  readonly openedAt: Instant
  readonly reviewOn: PlainDate | null
}

/** What follows a step besides where the referral stands: when it is asked for, and which tasks begin and end. */
export interface Following {
  readonly chaseAt: Instant | null
  readonly answerDueOn: PlainDate | null
  /** Tasks that this step does, and those that it makes needless. */
  readonly does: readonly TaskAsks[]
  readonly drops: readonly TaskAsks[]
  readonly opens: readonly { readonly asks: TaskAsks; readonly says: string; readonly dueOn: PlainDate }[]
}

/** A referral of the child after which another may be made. */
export interface EarlierReferral {
  readonly id: ReferralId
  readonly destination: string
  readonly openedAt: Instant
}

/** The referral that another one follows. */
export interface ReferredBefore {
  readonly id: ReferralId
  readonly openedAt: Instant
  readonly state: ReferralState
  readonly outcome: string | null
  readonly because: string
  readonly newEvidence: string
}

/** A referral with all that its page and its rules need. */
export interface Referral {
  readonly id: ReferralId
  readonly concernId: ConcernId
  readonly concernReference: string
  readonly childId: ChildId
  readonly childName: string
  readonly className: string | null
  readonly agency: Agency
  readonly authority: string | null
  /** The part of that authority in which the child lives, as far as it is known today. */
  readonly locality: string | null
  readonly destination: string
  readonly destinationContact: string | null
  readonly consent: Consent
  readonly consentSays: string
  /** Whether the child needs protection at once; null where the authority makes no difference. */
  readonly urgent: boolean | null
  /** The way it goes where it is not urgent, and the assessment that goes with it. */
  readonly channel: string | null
  readonly attached: string | null
  /** Since when it was agreed that help from outside is needed. */
  readonly neededOn: PlainDate | null
  readonly state: ReferralState
  readonly reference: string | null
  readonly stage: number
  readonly openedAt: Instant
  readonly openedBy: string
  readonly direct: boolean
  /** The reason for which it was rung without the team, as the policy names it. */
  readonly because: string | null
  readonly followUpOn: PlainDate | null
  /** When a missing answer is asked for next. */
  readonly chaseAt: Instant | null
  /** By when the stage to which it was taken is answered. */
  readonly answerDueOn: PlainDate | null
  /** What it waits for somebody here to do: ask for the answer, or take it to the next stage. */
  readonly tasks: readonly ReferralTask[]
  /** The plans that are open for the child, so that whoever presses for an answer sees how the child is kept safe. */
  readonly plans: readonly PlanBeside[]
  /** The earlier one after which it was made again, and what came of that. */
  readonly again: ReferredBefore | null
  readonly excluded: readonly AdultId[]
  readonly events: readonly ReferralEvent[]
  readonly clocks: readonly ReferralClock[]
}

/** When help was needed, when it was asked for, and when it answered. */
export interface ReferralTimes {
  readonly id: ReferralId
  readonly childName: string
  readonly className: string | null
  readonly agency: Agency
  readonly destination: string
  readonly neededOn: PlainDate
  /** The first call or letter; null while there was none. */
  readonly sentOn: PlainDate | null
  readonly answeredOn: PlainDate | null
}

export interface NewReferral {
  readonly childId: ChildId
  readonly agency: Agency
  readonly authority: string | null
  readonly locality: string | null
  /** Where the child's home was not known and whoever refers has said it. */
  readonly learnsHome: boolean
  readonly destination: string
  readonly destinationContact: string | null
  readonly consent: Consent
  readonly consentSays: string
  readonly asks: string
  readonly urgent?: boolean
  readonly channel?: string
  readonly attached?: string
  readonly neededOn?: PlainDate
  /** It is made again, after one that came to nothing. */
  readonly again?: { readonly after: ReferralId; readonly because: string; readonly newEvidence: string }
}

/** A step as it was taken: when, with whom, and what was said. */
export interface NewStep {
  readonly kind: ReferralStep
  readonly at: Instant
  readonly withWhom: string
  readonly says: string
  readonly outcome: string
  readonly reference: string
  /** The answer does not meet the child's need. */
  readonly disagrees: boolean
  readonly stage: number
  /** What is known of harm outside the home, and which assessments went with it, where the policy has that sent. */
  readonly placeRisks?: string
  readonly attached?: string
  /** Why nothing written is due, where it is concluded before the call was put in writing. */
  readonly unwrittenBecause?: string
  /** When somebody asks what came of a written referral, where the policy has that kept. */
  readonly followUpOn?: PlainDate
}

export type ReferralRefusal =
  | { readonly code: 'changed-meanwhile'; readonly state: ReferralState }
  | { readonly code: 'not-in-this-state'; readonly state: ReferralState }
  | { readonly code: 'concern-closed' }
  /** A call is put in writing, or the reason is given why not, before the referral ends. */
  | { readonly code: 'written-first'; readonly dueAt: Instant | null }
  /** A referral of this weight is telephoned before it is written. */
  | { readonly code: 'phone-first'; readonly ring: string }
  | { readonly code: 'child-not-in-concern' }
  /** What it follows is no earlier referral of this child to this agency. */
  | { readonly code: 'not-referred-before' }
