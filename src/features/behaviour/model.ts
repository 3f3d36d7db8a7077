import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'

export const behaviourPlaces = ['on-site', 'off-site', 'online', 'transport'] as const
export type BehaviourPlace = (typeof behaviourPlaces)[number]

export const behaviourParts = ['harmed', 'did', 'there'] as const
export type BehaviourPart = (typeof behaviourParts)[number]

export interface NewBehaviour {
  readonly id: string
  readonly children: readonly { readonly childId: ChildId; readonly part: BehaviourPart }[]
  readonly happenedOn: PlainDate
  readonly place: BehaviourPlace
  readonly tags: readonly string[]
  readonly says: string
}

export interface RecordedBehaviour {
  readonly id: string
  /** The concern by which it came to the safeguarding team; null where nothing in it made it one. */
  readonly concernId: ConcernId | null
}

export type BehaviourRefusal =
  | { readonly code: 'nobody-in-it' }
  | { readonly code: 'nothing-written' }
  | { readonly code: 'unknown-tag'; readonly tag: string }
  | { readonly code: 'child-not-known' }
