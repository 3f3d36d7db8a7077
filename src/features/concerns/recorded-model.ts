import type { SubjectFacts } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Answer } from '../questions/index.ts'
import type { ConcernState, OnBehalfReason } from './model.ts'

/** Somebody who was told of the concern. */
export interface ToldPerson {
  readonly adultId: AdultId
  readonly name: string
  readonly role: string
  readonly kind: string
  readonly toldAt: Instant
}

/** What happens next to it, and by when. */
export interface NextStep {
  readonly name: string
  readonly says: string
  readonly source: string
  readonly standing: string
  readonly rule: string
  readonly basisOn: string
  readonly dueAt: Instant | null
  readonly metAt: Instant | null
}

/** A concern as far as whoever reported it follows it: who has it and what comes next, without its words. */
export interface RecordedConcern {
  readonly id: ConcernId
  readonly reference: string
  readonly state: ConcernState
  readonly recordedAt: Instant
  readonly urgent: boolean
  readonly stub: boolean
  readonly onBehalfReason: OnBehalfReason | null
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: string | null
  /** Whoever looks at it has said that they cannot reach a DSL. */
  readonly saidUnreachable: boolean
  /** Whoever wrote it is not shown the words again: the safeguarding team deals with it alone. */
  readonly receiptOnly: boolean
  /** Nothing is attached to it: it is about images that nobody keeps. */
  readonly attachmentsLocked: boolean
  readonly told: readonly ToldPerson[]
  readonly next: readonly NextStep[]
  /** What whoever recorded it answered to the policy's questions. */
  readonly answers: readonly Answer[]
  /** Nobody speaks with the parents yet. */
  readonly parentsHeld: boolean
  readonly access: SubjectFacts
}

/**
 * What may be attached. There is no kind for a statement of a child, and none for a record that a child has signed: a child is
 * never asked for either.
 */
export const evidenceKinds = ['paper-form', 'letter', 'child-item'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const evidenceKindNames: Readonly<Record<EvidenceKind, string>> = {
  'paper-form': 'A paper form',
  letter: 'A letter or a printed mail',
  'child-item': 'Child-initiated item: a note or a drawing that the child gave of their own accord',
}

/** What the scanner for harmful software said. A refused one is kept as evidence and never opened; `absent`: there is no scanner. */
export type ScanState = 'pending' | 'clean' | 'refused' | 'absent'

/** How the scanning of something attached stands. */
export interface Scanned {
  readonly scanState: ScanState
  /** The scanner's name for what it found, or why it has not answered yet. */
  readonly scanSays: string | null
  /** Whether it is opened to whoever may read it. */
  readonly opens: boolean
}

/** A scan kept with a concern, sealed. */
export interface EvidenceRow extends Scanned {
  readonly id: string
  readonly concernId: ConcernId
  readonly kind: EvidenceKind
  readonly mediaType: string
  readonly sizeBytes: number
  readonly addedAt: Instant
  /** Null where it is not opened. */
  readonly sealed: Buffer | null
  readonly access: SubjectFacts
}

/** A scan kept with a concern, without its content. */
export interface EvidenceListing extends Scanned {
  readonly id: string
  readonly kind: EvidenceKind
  /** How a child came to give it; empty for paper of adults. */
  readonly circumstances: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly addedAt: Instant
}
