import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Agency } from '../../policy/clocks.ts'

/** A step of the policy as it is opened in a concern. */
export interface StepToOpen {
  readonly id: string
  readonly pathway: string
  readonly step: string
  readonly does: string
  readonly rule: string
  readonly source: string
  readonly standing: 'stated' | 'read' | 'setting' | 'unverified'
  readonly agency: Agency | null
  /** Who does it in person; null where the team does. */
  readonly personalTo: AdultId | null
  /** The colleague who is brought in. */
  readonly consultedId: AdultId | null
  /** About whom. */
  readonly childIds: readonly ChildId[]
  readonly openedAt: Instant
  readonly dueAt: Instant | null
  readonly lateAt: Instant | null
}

/** `asked`: advice is awaited. `released`: the children may be questioned again. */
export type StepEventKind = 'done' | 'not-done' | 'proposed' | 'agreed' | 'tried' | 'asked' | 'released'

export interface StepEvent {
  readonly kind: StepEventKind
  readonly at: Instant
  readonly byId: AdultId
  readonly byName: string
  readonly withWhom: string
  readonly reference: string
  readonly says: string
  readonly adultName: string | null
  /** The agency advised that nobody questions the children meanwhile. */
  readonly holds: boolean
}

/** A step that stands in a concern, with what was done about it. */
export interface KeptStep {
  readonly id: string
  readonly pathway: string
  readonly step: string
  readonly does: string
  readonly source: string
  readonly standing: StepToOpen['standing']
  readonly agency: Agency | null
  readonly personalTo: AdultId | null
  readonly personalName: string | null
  readonly consultedId: AdultId | null
  readonly consultedName: string | null
  readonly openedAt: Instant
  readonly dueAt: Instant | null
  readonly settledAt: Instant | null
  readonly settled: 'done' | 'not-done' | null
  readonly events: readonly StepEvent[]
}

/** The concern in which a step stands, as far as writing it down needs to know. */
export interface SteppedConcern {
  readonly id: ConcernId
  readonly excluded: readonly AdultId[]
}

/** What is written about a step. */
export interface StepAnswer {
  readonly kind: 'done' | 'not-done' | 'tried' | 'asked'
  readonly at: Instant
  readonly withWhom: string
  readonly reference: string
  readonly says: string
  readonly adultId: AdultId | null
  readonly holds: boolean
}

export type AnswerRefusal =
  /** Only whoever it is laid on in person can do it. */
  | { readonly code: 'in-person' }
  | { readonly code: 'settled-already' }
  /** What the policy has written beside it is missing. */
  | { readonly code: 'needed'; readonly what: 'with-whom' | 'reference' | 'adult' | 'words' }
  | { readonly code: 'reason-needed' }
  /** Another step has to be tried in vain first. */
  | { readonly code: 'not-open-yet' }
  /** The colleague is part of the matter, or holds no post from which one is taken. */
  | { readonly code: 'not-eligible' }
  /** Whoever proposed it cannot agree to it as well. */
  | { readonly code: 'second-is-the-same' }
  | { readonly code: 'nothing-proposed' }
  /** No agency has asked that nobody questions the children. */
  | { readonly code: 'not-held' }
