import type { AdultId, ChildId } from '../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../kernel/plain-date.ts'
import type { Fault } from '../policy/faults.ts'
import type { RoleId } from '../policy/roles.ts'
import type { Whose } from '../policy/whose-value.ts'

/** One of the people of a rehearsal. Whoever holds no role is known to the school and works there in none. */
export interface PersonFacts {
  readonly roles: readonly RoleId[]
  readonly absent: readonly PlainDate[]
  /** Rights end with this day. */
  readonly left?: PlainDate
  readonly relativeOf: readonly string[]
  readonly parentOf: readonly string[]
  readonly employer?: string
}

export interface PupilFacts {
  readonly born?: PlainDate
  readonly authority?: string
  readonly locality?: string
  readonly leavesAt?: LocalTime
  readonly statuses: readonly string[]
  /** ISO weekdays on which the pupil attends; absent means every school day. */
  readonly schoolDays?: readonly number[]
}

/** One event as it was read: `keys` holds what its kind knows, checked and with every name found. */
export interface RehearsedEvent {
  readonly at: Instant
  readonly event: string
  readonly keys: Readonly<Record<string, unknown>>
}

/** A rehearsal ready to be played: what it names exists, and its events stand in their order. */
export interface Rehearsal {
  readonly profile: string
  readonly people: ReadonlyMap<string, PersonFacts>
  readonly pupils: ReadonlyMap<string, PupilFacts>
  readonly events: readonly RehearsedEvent[]
  /** What plays, and means nothing under the policy of the school: probably a slip. */
  readonly doubts: readonly Fault[]
}

export interface StagedPerson extends PersonFacts {
  readonly key: string
  readonly adultId: AdultId
}

export interface StagedPupil extends PupilFacts {
  readonly key: string
  readonly childId: ChildId
}

/** Where something stands: a document of the profile and its section; `title` as people know the document. */
export interface CitedSource {
  readonly document?: string
  readonly section?: string
  readonly title?: string
}

/** Why an event was not accepted. */
export interface Refused {
  readonly code: string
  readonly says: string
  readonly source: CitedSource
}

/** What the policy asks whoever acts. */
export interface Ask {
  readonly code: string
  readonly says: string
  readonly source: CitedSource
}

/** What came of an event. What was refused has changed nothing. */
export interface Answer {
  readonly refused: readonly Refused[]
  readonly asks: readonly Ask[]
}

/** Somebody is told, or where nobody inside may be, whom outside to turn to. */
export interface Tell {
  readonly person: string | null
  readonly role?: string | null
  readonly outside?: string
  /** Key of the contact outside, where the profile gives one. */
  readonly contact?: string
  /** What the contact is called, and its number. */
  readonly service?: string
  readonly how: string
  /** What kind of telling it is, in the product's own word. */
  readonly kind: string
  readonly ref: string | null
  /** The pupil whom it is about, where it hangs on no concern. */
  readonly about?: string | null
  readonly rule: string
  readonly says: string
  readonly source: CitedSource
}

/** Somebody of those whom the policy has told, who is outside this and hears nothing of it. */
export interface NotTold {
  readonly person: string
  readonly role: string
  readonly ref: string | null
  /** Why, as the end of a sentence: `a parent of amina`. */
  readonly because: string
}

export interface ClockSeen {
  readonly clock: string
  readonly ref: string | null
  /** The person or pupil whom it is about, where it hangs on no concern. */
  readonly about: string | null
  /** The pupil of a concern about several whom it is for. */
  readonly child: string | null
  readonly owner: string | null
  readonly due: string | null
  readonly rule: string
  readonly says: string
  readonly source: CitedSource
  /** `setting`: no text says it; `whose` tells who chose it. */
  readonly standing: string
  /** Whose value its time is. */
  readonly whose?: Whose
  readonly reading?: string
}

export interface Step {
  readonly at: string
  readonly event: string
  readonly ref: string | null
  readonly accepted: boolean
  readonly refused: readonly Refused[]
  readonly tells: readonly Tell[]
  readonly not_told: readonly NotTold[]
  readonly starts: readonly ClockSeen[]
  readonly meets: readonly ClockSeen[]
  readonly breaches: readonly ClockSeen[]
  readonly asks: readonly Ask[]
}

/** What a rehearsal shows: what `--json` prints. */
export interface Played {
  readonly profile: string
  readonly steps: readonly Step[]
  readonly open: readonly ClockSeen[]
  readonly sees: Readonly<Record<string, readonly string[]>>
}
