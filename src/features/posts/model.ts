import type { AdultId, AppointmentId, SchoolId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Cited, CourseId } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'

/** An appointment to a post, over, running or yet to begin. */
export interface Held {
  readonly appointmentId: AppointmentId
  readonly adultId: AdultId
  readonly name: string
  readonly role: RoleId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

/** What somebody entered of a post that is to be confirmed. */
export interface VacantEntry {
  readonly role: RoleId
  readonly since: PlainDate
  readonly interimName: string | null
}

export interface Description {
  readonly appointmentId: AppointmentId
  readonly signedOn: PlainDate
  readonly keptWhere: string
  readonly namesLead: boolean
  readonly namesOnline: boolean
}

export interface PostTraining {
  readonly adultId: AdultId
  readonly course: CourseId
  readonly completedOn: PlainDate
}

/** Who holds and held which post, the oldest first, and what is entered of those that nobody holds. */
export interface PostHistory {
  readonly held: readonly Held[]
  readonly vacant: readonly VacantEntry[]
}

export interface PostFacts extends PostHistory {
  readonly descriptions: readonly Description[]
  readonly trained: readonly PostTraining[]
}

export interface TrustSchool extends PostHistory {
  readonly schoolId: SchoolId
  readonly key: string
  readonly name: string
}

export type Lack =
  | { readonly kind: 'not-senior' }
  | { readonly kind: 'untrained'; readonly courses: readonly CourseId[] }
  | {
      readonly kind: 'no-description' | 'description-without-lead'
      readonly appointmentId: AppointmentId
      readonly dueOn: PlainDate
      readonly isLate: boolean
    }

export interface Holder extends Held {
  readonly lacks: readonly Lack[]
  readonly description: Description | undefined
}

export interface Vacancy {
  /** Undefined where nobody held it here and nobody entered a day. */
  readonly since: PlainDate | undefined
  readonly days: number | undefined
  /** Somebody has entered that it is to be confirmed. */
  readonly isEntered: boolean
  readonly interimName: string | null
}

/** One post of the policy as it stands today. */
export interface Post extends Pick<Cited, 'source'> {
  readonly role: RoleId
  readonly title: string
  readonly holders: readonly Holder[]
  /** Appointed, and not begun yet. */
  readonly next: readonly Held[]
  readonly vacancy: Vacancy | undefined
}

/** Somebody who holds so many posts that the policy asks whether they can. */
export interface ManyPosts {
  readonly name: string
  readonly titles: readonly string[]
}

export type PostRefusal = 'held' | 'in-the-future' | 'not-in-school'

export interface Colleague {
  readonly adultId: AdultId
  readonly name: string
}
