import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

export const householdStates = ['awaiting', 'confirmed', 'dismissed'] as const
export type HouseholdState = (typeof householdStates)[number]

/** A brother or sister on roll who is not yet in the concern. */
export interface SiblingHere {
  readonly childId: ChildId
  readonly tied: readonly AdultId[]
}

/** A concern about the household of a child, as far as the child's own page says of it. */
export interface HouseholdOfChild {
  readonly concernId: ConcernId
  readonly reference: string
  readonly part: 'subject' | 'sibling'
  readonly state: HouseholdState
  readonly linkedAt: Instant
  /** Who may be rung and who must not, as written at triage. */
  readonly contactSays: string | null
}

/** A child of the household, on the page where the team confirms or dismisses. */
export interface HouseholdChild {
  readonly childId: ChildId
  readonly name: string
  readonly className: string | null
  readonly part: 'subject' | 'sibling'
  readonly state: HouseholdState
  readonly linkedAt: Instant
  readonly answeredAt: Instant | null
  readonly answeredBy: string | null
  readonly reason: string | null
  readonly tied: readonly AdultId[]
}

/** A brother or sister who waits for the team, on the list of the day. */
export interface AwaitingSibling {
  readonly concernId: ConcernId
  readonly reference: string
  readonly name: string
  readonly className: string | null
  readonly linkedAt: Instant
}
