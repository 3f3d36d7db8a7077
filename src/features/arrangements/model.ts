import type { ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

export const arrangementKinds = ['class-move', 'timetable', 'supervision', 'transport', 'off-site', 'support', 'other'] as const
export type ArrangementKind = (typeof arrangementKinds)[number]

export const arrangementNames: Readonly<Record<ArrangementKind, string>> = {
  'class-move': 'Moves to another class or group',
  timetable: 'Another timetable or other places',
  supervision: 'Somebody keeps an eye on them',
  transport: 'Another way to or from school',
  'off-site': 'Taught elsewhere for a time',
  support: 'Support for the child',
  other: 'Something else',
}

export interface NewArrangement {
  readonly childId: ChildId
  readonly kind: ArrangementKind
  readonly says: string
  readonly beginsOn: PlainDate
}

export interface Arrangement extends NewArrangement {
  readonly id: string
  readonly setAt: Instant
  readonly byName: string
}

export interface NewFamilyMeeting {
  readonly childId: ChildId
  readonly at: Instant
  readonly withWhom: string
  readonly childPresent: boolean
  readonly absentBecause: string
  readonly arrangements: string
  readonly wishes: string
  /** What it means for the child's education. */
  readonly education: string
  readonly nextSteps: string
}

export interface FamilyMeeting extends NewFamilyMeeting {
  readonly id: string
  readonly byName: string
}

/** What is arranged for the children of a concern, and the meetings about it. */
export interface ArrangedAndMet {
  readonly arrangements: readonly Arrangement[]
  readonly meetings: readonly FamilyMeeting[]
}

/** What a meeting lacks. */
export type MeetingLack = 'child-or-reason' | 'arrangements' | 'wishes' | 'education' | 'next-steps'

export type ArrangementRefusal =
  | { readonly code: 'child-not-in-concern' }
  | { readonly code: 'concern-closed' }
  | { readonly code: 'not-yet' }
