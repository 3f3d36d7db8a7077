import type { AdultId, ClockId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { ClockName, CourseId, SignaturePart } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'

export interface Edition {
  readonly edition: string
  readonly on: PlainDate
}

/** A document handed out to somebody in one edition. */
export interface Issue {
  readonly id: string
  readonly document: string
  readonly edition: string
  readonly editionOn: PlainDate
  readonly clock: ClockName
  readonly parts: readonly SignaturePart[]
  readonly signed: readonly SignaturePart[]
  readonly induction: boolean
  readonly ownHand: boolean
  readonly issuedAt: Instant
  readonly completedAt: Instant | null
  readonly withdrawnAt: Instant | null
  /** When whoever the policy names was told that it is not confirmed. */
  readonly chasedAt: readonly Instant[]
}

export interface Trained {
  readonly course: CourseId
  readonly completedOn: PlainDate
}

export interface RunningClock {
  readonly id: ClockId
  readonly name: ClockName
  readonly rule: string
  readonly basisAt: Instant
  readonly dueAt: Instant | null
}

/** What is known of one adult's training and reading. */
export interface AdultFacts {
  readonly adultId: AdultId
  /** Whoever is not followed has clocks of what they were trained in or have read, and of nothing else. */
  readonly isFollowed: boolean
  readonly roles: readonly RoleId[]
  /** Whether it was said that they work with children directly; otherwise their roles tell. */
  readonly worksDirectly: boolean | null
  readonly issues: readonly Issue[]
  readonly trained: readonly Trained[]
  readonly running: readonly RunningClock[]
}

export type DutyRefusal = 'no-such-adult' | 'no-such-document' | 'no-such-course' | 'own-hand' | 'in-the-future'

/** A document as it is handed out. */
export interface IssueToOpen {
  readonly document: string
  readonly title: string
  readonly edition: string
  readonly editionOn: PlainDate
  readonly clock: ClockName
  readonly parts: readonly SignaturePart[]
  readonly ownHand: boolean
  readonly induction: boolean
}
