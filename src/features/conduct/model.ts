import type { AdultId, AlertId, CaseId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { Belief, ConductKind } from '../../policy/conduct.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { OnBehalfReason, RoleHolder } from '../concerns/model.ts'

/** What was judged of it. */
export const conductLevels = ['harm-threshold', 'low-level', 'neither'] as const
export type ConductLevel = (typeof conductLevels)[number]

/** The four limbs of the harm threshold. */
export const limbs = ['harmed', 'offence', 'risk', 'unsuitable'] as const
export type Limb = (typeof limbs)[number]
export type LimbAnswers = Readonly<Record<Limb, 'yes' | 'no' | 'unsure'>>

/** How it came to light. `concern`: a concern about a child named the adult. */
export const conductSources = ['suspicion', 'complaint', 'disclosure', 'vetting', 'monitoring', 'concern'] as const
export type ConductSource = (typeof conductSources)[number]

/** What the law or the guidance judges by itself: a sexual relationship with a pupil is a crime whatever the pupil's age. */
export const conductCategories = ['sexual-relationship', 'outside-work'] as const
export type ConductCategory = (typeof conductCategories)[number]

/** Whom it is about: an adult of the school by id, or somebody from outside by name (a hirer of the premises, a visitor). */
export interface AboutAdult {
  readonly adultId: AdultId | null
  readonly name: string
}

/** What was written. Kept sealed, and read by whoever wrote it and by the readers of the case. */
export interface ConductWords {
  readonly seen: string
  readonly said: string
  readonly opinion: string
  readonly done: string
  readonly place: string
  readonly present: string
}

export type ConductReporter =
  | { readonly kind: 'self' }
  | { readonly kind: 'on-behalf'; readonly name: string; readonly adultId: AdultId | null; readonly reason: OnBehalfReason }
  | { readonly kind: 'visitor'; readonly name: string; readonly contact: string }

/** A concern about adults, or about how the school works, ready to be recorded. Nobody in particular is an empty list. */
export interface NewConduct {
  readonly id: CaseId
  readonly kind: ConductKind
  readonly reporter: ConductReporter
  readonly about: readonly AboutAdult[]
  readonly believed: Belief
  /** Telling the person whom the policy names first would be a conflict of interest. */
  readonly conflictOfInterest?: boolean
  /** It happened while somebody else used the school's premises. */
  readonly premises?: boolean
  /** Who had them, of those who hire or use them. */
  readonly hirerId?: string
  readonly source?: ConductSource
  readonly category?: ConductCategory
  /** Whoever reports it asks not to be named. */
  readonly anonymous?: boolean
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly words: ConductWords
}

/** A concern about a child that names an adult of the school. */
export interface BesideConcern {
  readonly concernId: ConcernId
  /** Adults outside that concern: tied to the child, or named in it. They are outside this too. */
  readonly excluded: readonly AdultId[]
}

export interface SubjectFacts {
  readonly adultId: AdultId
  readonly kind: string
  readonly employer: string | null
  readonly roles: readonly RoleId[]
}

export interface RelativeFacts {
  readonly adultId: AdultId
  readonly of: AdultId
  /** `declared` keeps somebody outside and makes nobody a relative. */
  readonly kind: string
  readonly roles: readonly RoleId[]
}

/** What routing needs to know of the school, loaded in one round trip. */
export interface ConductSchoolFacts {
  readonly idStanding: 'free' | 'own' | 'taken'
  readonly holders: readonly RoleHolder[]
  readonly subjects: readonly SubjectFacts[]
  readonly relatives: readonly RelativeFacts[]
}

export type ReaderBecause = 'chain' | 'shared' | 'for-return' | 'handed-over' | 'taken-over' | 'challenged'

export interface ReaderToAdd {
  readonly adultId: AdultId
  readonly role: RoleId
  readonly because: ReaderBecause
  readonly rule: string
}

export type ConductAlertKind = 'told' | 'shared' | 'handed-over' | 'unanswered' | 'overdue' | 'challenged'

export interface ConductAlertToSend {
  readonly id: AlertId
  readonly adultId: AdultId
  readonly role: RoleId
  readonly kind: ConductAlertKind
  readonly rule: string
  readonly says: string
  readonly source: string
}

export type CaseState = 'unreached' | 'new' | 'open' | 'concluded'

/** Where a case stands: ids, choices and moments; no words. */
export interface CaseFacts {
  readonly id: CaseId
  readonly kind: ConductKind
  readonly reference: string
  readonly chain: string
  readonly believed: Belief
  readonly level: ConductLevel | null
  readonly conflict: boolean
  readonly premises: boolean
  readonly state: CaseState
  readonly selfReport: boolean
  readonly source: ConductSource | null
  readonly category: ConductCategory | null
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly recordedAt: Instant
  readonly managerId: AdultId | null
  readonly openedAt: Instant | null
  readonly reporterId: AdultId | null
  readonly writtenBy: AdultId | null
  readonly anonymous: boolean
  readonly excluded: readonly AdultId[]
  readonly subjects: readonly (AdultId | null)[]
  /** Whoever was given it, with the role in which; only those who hold it still. */
  readonly readers: readonly { readonly adultId: AdultId; readonly role: RoleId; readonly because: ReaderBecause }[]
  readonly told: readonly AdultId[]
  /** Kinds of contacts made so far, with the first moment of each. */
  readonly contacts: Readonly<Record<string, Instant>>
  readonly runningClocks: readonly string[]
}

export const contactKinds = ['lado', 'advice', 'employer', 'human-resources', 'interview', 'other'] as const
export type ContactKind = (typeof contactKinds)[number]

export interface NewContact {
  readonly kind: ContactKind
  readonly how: 'telephone' | 'written' | 'in-person'
  readonly says: string
}

export interface NewAssessment {
  readonly outcome: ConductLevel
  /** Absent: the outcome alone was given, as its own answer to all four. */
  readonly limbs?: LimbAnswers
  readonly rationale: string
}

export interface NewConclusion {
  readonly outcome: string
  readonly context: string
  readonly action: string
  readonly rationale: string
  readonly lessons: string
  /** The LADO asked that the employer is not told yet, or another reason why not. */
  readonly employerNotTold?: string
  /** What becomes of their use of the premises, and why: of a body that is not kept among the hirers. */
  readonly hire?: string
}

export type ConductRefusal =
  | { readonly code: 'already-recorded' }
  | { readonly code: 'adult-not-known'; readonly adultIds: readonly AdultId[] }
  | { readonly code: 'words-missing'; readonly fields: readonly (keyof ConductWords)[] }
  /** One limb is answered with yes, so it cannot be below the threshold. */
  | { readonly code: 'limb-met'; readonly limbs: readonly Limb[] }
  /** A limb is unsure, or the LADO's advice is owed: ask first. */
  | { readonly code: 'lado-first' }
  /** It was judged to may meet the threshold: judging it lower needs a reason. */
  | { readonly code: 'reason-first' }
  /** It is a crime, and never a low-level concern. */
  | { readonly code: 'never-low-level' }
  | { readonly code: 'employer-first' }
  | { readonly code: 'human-resources-first' }
  /** Whether they keep the premises is not decided yet. */
  | { readonly code: 'hire-first' }
  | { readonly code: 'not-written'; readonly fields: readonly ('context' | 'action' | 'rationale' | 'lessons')[] }
  | { readonly code: 'concluded' }
  | { readonly code: 'already-subject' }
  /** Concerns are looked at together where they are about the same adult. */
  | { readonly code: 'not-of-one-adult' }

/** Whether a body that has the premises keeps them while there is a case. */
export interface HireReview {
  readonly hirerId: string
  readonly name: string
  readonly safeguardingContact: string
  readonly decision: 'hold' | 'go-on' | null
  readonly reason: string | null
}

export interface RecordedCase {
  readonly caseId: CaseId
  readonly reference: string
  readonly unreached: boolean
  /** Contact keys outside the school, where nobody inside can be given it. */
  readonly outside: readonly string[]
}
