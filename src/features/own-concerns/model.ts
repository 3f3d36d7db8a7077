import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { Agency } from '../../policy/clocks.ts'
import type { AwaitedAccount } from '../accounts/index.ts'
import type { Advice } from '../advice/index.ts'
import type { OwnChallenge } from '../challenges/index.ts'
import type { ChildInvolvement, EvidenceKind, Explanation, Scanned, ShownMark } from '../concerns/index.ts'
import type { EmergencyCall, FamilyContact } from '../contacts-made/index.ts'

/** Whether the parents were told and agree, as whoever rang knows it. */
export const consents = ['given', 'refused', 'not-sought'] as const
export type Consent = (typeof consents)[number]

export const consentNames: Readonly<Record<Consent, string>> = {
  given: 'They know, and agree',
  refused: 'They know, and do not agree',
  'not-sought': 'They were not asked',
}

/** One of one's own concerns in a list: what may be known of it from outside. */
export interface OwnConcernListing {
  readonly id: ConcernId
  readonly reference: string
  readonly recordedAt: Instant
  readonly urgent: boolean
  readonly stub: boolean
  readonly isUnreached: boolean
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: string | null
  /** The children as the writer named them. */
  readonly children: readonly string[]
  /** Something was told back that has not been read yet. */
  readonly hasNews: boolean
}

/** The words as they were written; later parts finish what began as two lines. */
export interface WrittenPart {
  readonly part: number
  readonly writtenAt: Instant
  readonly childWords: string
  readonly seen: string
  readonly opinion: string
  readonly done: string
}

export interface WrittenChild {
  readonly childId: ChildId
  readonly name: string
  readonly involvement: ChildInvolvement
  readonly homeAuthority: string | null
}

/** The child in whose file something lands. */
export interface FiledChild {
  readonly childId: ChildId
  readonly homeAuthority: string | null
}

export interface WrittenAdult {
  readonly name: string
  readonly relation: string | null
  readonly involvement: 'alleged' | 'at-risk' | 'witness' | 'present' | 'told'
  readonly toldAt: Instant | null
}

/** What was added later by the reporter, or told to them by the team. */
export interface Addition {
  readonly kind: 'reporter' | 'feedback'
  readonly at: Instant
  readonly by: string | null
  readonly says: string
}

export interface KeptScan extends Scanned {
  readonly id: string
  readonly kind: EvidenceKind
  readonly addedAt: Instant
}

export interface OwnReferral {
  readonly childName: string
  readonly destination: string
  readonly withWhom: string | null
  readonly at: Instant
  readonly says: string
  readonly consent: Consent
  readonly consentSays: string
}

/** All of one's own words in a concern, and nothing of anybody else's. */
export interface OwnWords {
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly happenedSays: string
  readonly location: string
  /** Why it was written on a later day than the policy allows. */
  readonly lateReason: string | null
  readonly category: string | null
  readonly prompts: readonly string[]
  readonly onBehalfOf: string | null
  readonly firstWrittenAt: Instant | null
  readonly ownerId: AdultId | null
  readonly parts: readonly WrittenPart[]
  /** Accounts that the concern lacks or lacked; whether a colleague has written is not shown. */
  readonly awaited: readonly AwaitedAccount[]
  readonly children: readonly WrittenChild[]
  /** Under which child the concern stands now, by the child whom the writer named. Never shown: the team's moves are not the writer's to see. */
  readonly filedUnder: Readonly<Record<string, FiledChild>>
  readonly adults: readonly WrittenAdult[]
  readonly marks: readonly ShownMark[]
  /** How people say that the injuries came about, as far as this person wrote it down. */
  readonly explanations: readonly Explanation[]
  readonly additions: readonly Addition[]
  readonly scans: readonly KeptScan[]
  readonly referrals: readonly OwnReferral[]
  readonly challenges: readonly OwnChallenge[]
  readonly calls: readonly EmergencyCall[]
  readonly talks: readonly FamilyContact[]
  readonly advice: readonly Advice[]
  /** What the policy lays on this person in person. */
  readonly duties: readonly OwnDuty[]
}

export interface OwnDuty {
  readonly id: string
  readonly does: string
  readonly dueAt: Instant | null
  readonly settledAt: Instant | null
}

/** A call to an agency that the reporter made themselves. */
export interface DirectReferral {
  readonly childIds: readonly ChildId[]
  readonly agency: Agency
  readonly destination: string
  readonly destinationContact: string | null
  readonly withWhom: string
  readonly at: Instant
  readonly consent: Consent
  /** Why they rang without the parents' agreement. */
  readonly consentSays: string
  readonly reference: string
  readonly says: string
  /** A reason of the policy for ringing without the team; null where none was chosen. */
  readonly because?: string | null
}

export type FinishRefusal = { readonly code: 'finished-already' }
