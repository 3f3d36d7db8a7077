import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { WordedRoute } from './rules-route-words.ts'

/** How a value is typed. */
export type ValueForm = 'duration' | 'time' | 'count' | 'roles' | 'contact' | 'span' | 'closure' | 'open-days' | 'route' | 'words'

/** Something of a policy that a school may set itself. */
export interface Changeable {
  readonly path: string
  readonly group: string
  readonly title: string
  /** What holds today, in words. */
  readonly now: string
  readonly form: ValueForm
  /** Its calendar: running clocks are computed again. */
  readonly isCalendar: boolean
}

export type ProposalState = 'open' | 'approved' | 'rejected' | 'withdrawn'

export interface Proposal {
  readonly id: string
  readonly path: string
  readonly value: unknown
  readonly was: string
  readonly says: string
  readonly fromOn: PlainDate
  readonly because: string
  readonly section: string
  readonly proposedBy: AdultId
  readonly proposedByName: string
  /** They hold the head's post today. */
  readonly byHead: boolean
  readonly proposedAt: Instant
  readonly state: ProposalState
  readonly decidedBy: AdultId | null
  readonly decidedByName: string | null
  readonly decidedAt: Instant | null
  readonly decidedBecause: string | null
}

/** A change as it is proposed. */
export type NewProposal = Pick<Proposal, 'path' | 'value' | 'was' | 'says' | 'fromOn' | 'because' | 'section'>

/** A running clock by its kind and times: nothing of what it watches. */
export interface OpenClock {
  readonly name: string
  readonly rule: string
  readonly basisAt: Instant
  readonly durationUnit: string
  readonly durationCount: number | null
  readonly dueAt: Instant | null
  readonly passedOn: number
}

/** What working out the effects of a change needs to know. */
export interface EffectFacts {
  readonly clocks: readonly OpenClock[]
  readonly holders: readonly {
    readonly adultId: AdultId
    readonly name: string
    readonly role: RoleId
    readonly absent: boolean
  }[]
}

/** What a change would alter. */
export interface Effects {
  /** The number of the approved change of the same thing from the same day, whose place this would take. */
  readonly replaces: number | undefined
  /** Running clocks that would be due at another moment; `moves` where they would be changed, else they keep the time they began with. */
  readonly clocks: readonly (OpenClock & { readonly dueThen: Instant | null; readonly moves: boolean })[]
  /** Routes that would lead to other people, by today's appointments. */
  readonly routes: readonly { readonly title: string; readonly before: readonly string[]; readonly after: readonly string[] }[]
  /** Each route that would be read otherwise, in words. */
  readonly words: readonly WordedRoute[]
  /** The sentence that would still be read where only its time changes. */
  readonly staleSentence: string | undefined
  /** Concerns that nobody has acknowledged yet, by who hears next if nobody does. */
  readonly next: readonly { readonly count: number; readonly before: string; readonly after: string }[]
}

export type ChangeRefusal = 'not-open' | 'own-proposal' | 'may-not' | 'no-longer-fits'
