import type { SubjectFacts } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

/** What somebody did about a concern because no DSL could be reached. `pressed`: said that none can be. */
export interface NewStep {
  readonly kind: 'pressed' | 'advice' | 'referral' | 'act'
  readonly at: Instant
  readonly withWhom: string
  readonly says: string
}

/** The concern on which a step is taken: ids, and who is outside it. */
export interface StepOf {
  readonly id: ConcernId
  readonly excluded: readonly AdultId[]
}

/** A note that somebody owes, or has written, for the DSL. */
export interface HandBack {
  readonly id: string
  readonly concernId: ConcernId
  readonly reference: string
  readonly byId: AdultId
  readonly openedAt: Instant
  readonly writtenAt: Instant | null
  readonly concerns: string | null
  readonly actions: string | null
  /** What they wrote down while they stood in, to begin the note with. */
  readonly steps: readonly { readonly at: Instant; readonly withWhom: string; readonly says: string }[]
  readonly access: SubjectFacts
}
