import type { ActionId, AdultId, AlertId, ChildId, ClockId, ConcernId, EntryId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { type WayItCame, waysItCame } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Answer } from '../questions/model.ts'
import type { Explainer, Treatment } from './explanations/model.ts'

export { type WayItCame, waysItCame }

/** `source`: told us about another child, and was not harmed themselves. */
export const childInvolvements = ['subject', 'source', 'alleged', 'witness', 'sibling', 'other'] as const
export type ChildInvolvement = (typeof childInvolvements)[number]

/** `alleged`: said to have harmed, or the worry is partly about them. `at-risk`: the worry is for them. `told`: told by voice before this was written. */
export const adultInvolvements = ['alleged', 'at-risk', 'witness', 'present', 'told'] as const
export type AdultInvolvement = (typeof adultInvolvements)[number]

export const onBehalfReasons = [
  'no-account',
  'spoken',
  'colleague-mail',
  'paper-form',
  'agency-call',
  'agency-mail',
  'agency-letter',
  'parent',
] as const
export type OnBehalfReason = (typeof onBehalfReasons)[number]

export const concernStates = ['unreached', 'new', 'acknowledged', 'triaged', 'open', 'closed'] as const
export type ConcernState = (typeof concernStates)[number]

/** From which state to which; a missing state is a compile error. `unreached` becomes `new` when somebody eligible receives it. */
export const nextStates = {
  unreached: ['new', 'acknowledged'],
  new: ['acknowledged', 'unreached'],
  acknowledged: ['triaged', 'unreached'],
  triaged: ['triaged', 'open'],
  open: ['open', 'triaged', 'closed'],
  closed: ['open'],
} as const satisfies Record<ConcernState, readonly ConcernState[]>

export function mayBecome(from: ConcernState, to: ConcernState): boolean {
  return (nextStates[from] as readonly ConcernState[]).includes(to)
}

/** The four kinds of words, never mixed: what the child said, what the writer saw, what the writer thinks, what was done. */
export interface Account {
  readonly childWords: string
  readonly seen: string
  readonly opinion: string
  readonly done: string
}

export interface BodyMark {
  readonly childId: ChildId
  readonly side: 'front' | 'back'
  readonly region: string
  readonly x: number | null
  readonly y: number | null
  readonly description: string
  readonly sizeSays: string
  readonly colour: string
  /** How it is said to have come about; empty where nobody has said. */
  readonly explanation: string
  /** Who says so and whether it was treated; the child, and nothing known, where it is absent. */
  readonly explained?: {
    readonly givenBy: Explainer
    readonly givenSays: string
    readonly treatment: Treatment | null
    readonly treatmentSays: string
  }
}

export interface InvolvedChild {
  readonly childId: ChildId
  readonly involvement: ChildInvolvement
}

/** A child who is not in the list: not on roll, or not yet identified. Becomes a child of the school's own. */
export interface NewChild {
  readonly childId: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly description: string
  readonly standing: 'not-on-roll' | 'unidentified'
}

export interface InvolvedAdult {
  /** Absent where the adult is not of the school (a parent, a stranger). */
  readonly adultId: AdultId | null
  readonly name: string
  readonly relation: string
  readonly involvement: AdultInvolvement
  readonly toldAt: Instant | null
}

export type Reporter =
  | { readonly kind: 'self' }
  /** Typed by somebody else; both names and both times are kept. */
  | {
      readonly kind: 'on-behalf'
      readonly name: string
      readonly adultId: AdultId | null
      readonly reason: OnBehalfReason
      /** A colleague with an account who told it by voice, and writes it themselves as well. */
      readonly ownAccountBy?: AdultId | null
      readonly firstWrittenAt: Instant | null
    }
  | { readonly kind: 'visitor'; readonly name: string; readonly contact: string }

/** A concern ready to be recorded: parsed, complete, about children of this school. The id is the draft's: pressing twice is one concern. */
export interface NewConcern {
  readonly id: ConcernId
  readonly reporter: Reporter
  readonly children: readonly InvolvedChild[]
  readonly newChildren: readonly NewChild[]
  readonly adults: readonly InvolvedAdult[]
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly happenedSays: string
  /** Why it is written on a later day than the policy allows. */
  readonly lateReason?: string | null
  readonly location: string
  readonly urgent: boolean
  /** Two lines under urgency, to be finished later. */
  readonly stub: boolean
  readonly category: string | null
  readonly prompts: readonly string[]
  readonly voiceTold: boolean | null
  /** Whoever saw or heard it, where the writer did not: an adult of the school, or a name without an account. */
  readonly firstHand?: { readonly adultId: AdultId | null; readonly name: string } | null
  /** When a child had finished telling, as the writer says. */
  readonly disclosureEndedAt?: Instant | null
  /** Null or absent where nobody said. */
  readonly came?: WayItCame | null
  readonly account: Account
  readonly marks: readonly BodyMark[]
  /** To what the school's policy asks besides, where something chosen makes it matter. */
  readonly answers?: readonly Answer[]
}

/** Somebody who holds a role now. `absent`: out, on a trip, on leave. */
export interface RoleHolder {
  readonly adultId: AdultId
  readonly name: string
  readonly role: RoleId
  readonly absent: boolean
}

export interface ChildFacts {
  readonly childId: ChildId
  readonly tied: readonly AdultId[]
  readonly leavesAt: LocalTime | null
  readonly homeAuthority: string | null
}

/** What recording needs to know of the school, loaded in one round trip. */
export interface RecordingFacts {
  /** Whether the id that the browser chose is free, under a concern of the same sender, or under somebody else's. */
  readonly idStanding: 'free' | 'own' | 'taken'
  readonly holders: readonly RoleHolder[]
  readonly children: readonly ChildFacts[]
  /** Adults named by id who are of this school; an id that is missing here is not. */
  readonly adultsOfSchool: readonly AdultId[]
  /** Adults of the school tied to a named adult (spouse, parent, declared) who is said to have harmed or is at risk. */
  readonly relativesOfNamed: readonly AdultId[]
}

export type AlertKind =
  | 'told'
  | 'urgent'
  | 'passed-on'
  | 'also-told'
  | 'handed-over'
  | 'feedback'
  | 'addendum'
  /** Told before, and nobody has answered. */
  | 'second-alert'
  /** Asked to find somebody of the team, without a word of what it is about. */
  | 'find-dsl'
  | 'untriaged'
  | 'undecided'
  /** For whoever leads, when they are back. */
  | 'for-return'
  /** Somebody acted while no DSL could be reached. */
  | 'without-dsl'
  /** Whoever stood in for the team has written what was done. */
  | 'handed-back'
  | 'action'
  /** Whoever reported it is still worried, and waits for an answer. */
  | 'challenge'
  /** The same for somebody who opens no files: they stand in for the concern until the answer is written. */
  | 'challenge-passed'
  /** A parent was spoken with before the team had advised. */
  | 'early-contact'
  /** A child who was to be seen today has not been. */
  | 'not-seen'
  /** Named as the one who saw or heard it: to write it themselves. */
  | 'account-asked'
  /** An account that is awaited is not written yet. */
  | 'account-due'
  /** What the policy asks for was not done in time. */
  | 'step-late'
  /** The time of something of theirs runs out. */
  | 'clock-near'

export interface AlertToSend {
  readonly id: AlertId
  readonly adultId: AdultId
  readonly role: RoleId
  readonly kind: AlertKind
  readonly step: number
  readonly rule: string
  readonly says: string
  readonly source: string
}

export interface ClockToStart {
  readonly id: ClockId
  readonly name: string
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly standing: 'stated' | 'read' | 'setting' | 'unverified'
  readonly ownerId: AdultId | null
  readonly basisAt: Instant
  readonly durationUnit: string
  readonly durationCount: number | null
  readonly dueAt: Instant | null
  readonly metAt: Instant | null
}

/** An action that an answer sets: the policy's words, for whoever has the concern. */
export interface ActionToStart {
  readonly id: ActionId
  readonly entryId: EntryId
  readonly childId: ChildId
  readonly involvement: ChildInvolvement
  readonly says: string
  readonly ownerId: AdultId
  readonly dueOn: PlainDate
}

/** Nobody speaks with the parents, because of this answer. */
export interface HoldToSet {
  readonly id: string
  readonly question: string
  readonly option: string
}

export interface EntryToAdd {
  readonly id: EntryId
  readonly childId: ChildId
  readonly heading: string
  readonly happenedOn: PlainDate
  readonly happenedAtTime: LocalTime | null
  readonly involvement: ChildInvolvement
}

export type RecordingRefusal =
  | { readonly code: 'already-recorded'; readonly concernId: ConcernId }
  | { readonly code: 'child-not-known'; readonly childIds: readonly ChildId[] }
  | { readonly code: 'adult-not-known'; readonly adultIds: readonly AdultId[] }
  /** Nothing that was chosen is, by the policy, a worry for an adult. */
  | { readonly code: 'not-for-adults' }

/** What recording did, for the page that says so. */
export interface Recorded {
  readonly concernId: ConcernId
  readonly reference: string
  readonly unreached: boolean
}
