import type { z } from 'zod'
import type { Profile } from '../policy/profile.ts'
import type { Answer, Ask, Refused } from './model.ts'
import type { Stage } from './stage.ts'
import type { DutyInPlay } from './standing-duties.ts'

/** An event as its own kind sees it: the keys that it declared, read. */
export type EventOf<Keys extends z.ZodRawShape> = z.output<z.ZodObject<Keys>>

/** The names that a rehearsal gives. */
export interface CastNames {
  readonly people: ReadonlySet<string>
  readonly pupils: ReadonlySet<string>
}

export interface KeyFault {
  readonly key: string
  readonly says: string
  readonly remedy: string
}

/** One kind of event: the keys that it knows besides `at` and `event`, and the commands that it drives. */
export interface EventKind<Keys extends z.ZodRawShape = z.ZodRawShape> {
  readonly keys: Keys
  /** What is wrong between its keys, or with what the school's policy gives to choose from, found before anything is played. */
  faults?(event: EventOf<Keys>, cast: CastNames, profile: Profile | undefined): readonly KeyFault[]
  /** What plays, and which nothing in the school's policy uses. */
  doubts?(event: EventOf<Keys>, profile: Profile): readonly KeyFault[]
  /** What it is about of all that comes back at the school. */
  duties?(event: EventOf<Keys>): readonly DutyInPlay[]
  run(stage: Stage, event: EventOf<Keys>): Promise<Answer>
}

/** Kinds by the name of the event. */
export type EventKinds = Readonly<Record<string, EventKind>>

/** Declares a kind of event with the types of its keys. */
export function eventKind<const Keys extends z.ZodRawShape>(kind: EventKind<Keys>): EventKind {
  return kind as unknown as EventKind
}

/** It happened; what the policy asks of whoever did it. */
export function accepted(asks: readonly Ask[] = []): Answer {
  return { refused: [], asks }
}

/** It may not be, and nothing has changed. */
export function notAccepted(refusal: Refused, asks: readonly Ask[] = []): Answer {
  return { refused: [refusal], asks }
}
