/** A concern about an adult, or about how the school works: which chain of the profile it follows. Pure; times come from `clocks.ts`. */
import type { Cited, Duration, Route, Sourced } from './profile.ts'
import type { RoleId } from './roles.ts'

export const conductKinds = ['conduct', 'practice'] as const
export type ConductKind = (typeof conductKinds)[number]

/** What whoever reports it believes; `unsure` counts as one that may meet the threshold. */
export const beliefs = ['harm-threshold', 'low-level', 'unsure'] as const
export type Belief = (typeof beliefs)[number]

/** One of these is enough: a subject holds one of the roles, or is a relative here of a holder, or telling the first of the chain would be a conflict of interest. */
export interface AboutWhom {
  readonly holds: readonly RoleId[]
  readonly relativeOf: readonly RoleId[]
  readonly conflictOfInterest: boolean
}

/** One chain: on which concerns it is followed, who is told step by step, and where it ends outside the school. */
export interface ConductChain extends Route, Cited {
  readonly key: string
  readonly kind: ConductKind
  /** Absent: about anybody. */
  readonly about?: AboutWhom
  /** Absent: whatever is believed. */
  readonly believed?: readonly Belief[]
  /** Whoever it reached because somebody was away hands it to them when they are back. */
  readonly handsBack: boolean
  /** Told besides, because whoever is told passes every such concern on. */
  readonly shared: readonly (Cited & { readonly roles: readonly RoleId[]; readonly says: string })[]
}

/** What happens where nobody opens it, or where the LADO has not been contacted. */
export interface ConductUnanswered extends Cited {
  readonly on: 'unopened' | 'lado-contact'
  /** Keys of the chains for which it holds; empty: for all of its kind. */
  readonly chains: readonly string[]
  /** Counted from the recording; absent: when the clock is breached. */
  readonly within?: Duration
  /** Told that something waits, and given nothing; each may then take the case over. */
  readonly tell: readonly RoleId[]
  readonly says: string
}

/** What a record may have to hold. */
export const conductRequired = ['place', 'present', 'seen', 'said', 'opinion', 'done'] as const
/** What may have to be written, or done (`human-resources`: consulted), before a case is concluded. */
export const beforeConcluding = ['context', 'action', 'rationale', 'lessons', 'human-resources'] as const

export interface ConductRules {
  readonly required: readonly Sourced<(typeof conductRequired)[number]>[]
  readonly beforeConcluding: readonly Sourced<(typeof beforeConcluding)[number]>[]
  /** Who is given it by whoever feels that it was not handled well; absent where no layer says. */
  readonly notHandledWell?: Cited & { readonly tell: readonly RoleId[]; readonly says: string }
  /** By when it has to be told, counted from when it was seen or heard; absent where no layer says. */
  readonly toldWithin?: Sourced<Duration>
  /** By when whoever is given a worry about how the school works has looked at it; absent where no layer says. */
  readonly practiceAcknowledged?: Sourced<Duration>
  /** In the order in which they are tried. */
  readonly chains: readonly ConductChain[]
  readonly unanswered: readonly ConductUnanswered[]
}

/** The rule under which a worry about how the school works is acknowledged; its time comes from the profile. */
export const practiceAcknowledged = {
  rule: 'conduct.practice-acknowledged',
  says: 'Whoever is given a worry about how the school works has looked at it, and whoever raised it knows that.',
} as const

/** What choosing a chain needs to know of those whom it is about. */
export interface ConductSubject {
  /** The roles they hold here, and what they are here besides (supply, contractor, volunteer, central staff). */
  readonly roles: readonly RoleId[]
  /** The roles that are held by relatives of theirs at the school. */
  readonly relativesHold: readonly RoleId[]
}

export interface ConductFacts {
  readonly kind: ConductKind
  readonly believed: Belief
  /** Whoever reports it says that telling the first of the chain would be a conflict of interest. */
  readonly conflictOfInterest: boolean
  readonly subjects: readonly ConductSubject[]
}

function fits(chain: ConductChain, facts: ConductFacts): boolean {
  if (chain.kind !== facts.kind || (chain.believed && !chain.believed.includes(facts.believed))) return false
  const { about } = chain
  if (!about) return true
  return (
    (about.conflictOfInterest && facts.conflictOfInterest) ||
    facts.subjects.some(
      ({ roles, relativesHold }) =>
        about.holds.some(role => roles.includes(role)) || about.relativeOf.some(role => relativesHold.includes(role)),
    )
  )
}

/** The first chain that fits; every profile has one of each kind that fits whatever the facts are. */
export function chainFor({ chains }: ConductRules, facts: ConductFacts): ConductChain {
  const chain = chains.find(one => fits(one, facts))
  if (!chain) throw new RangeError(`no chain for a concern of kind ${facts.kind}`)
  return chain
}

/** Every chain that the policy asks of, for pages and documents that show them all. */
export function chainTitle(
  { kind, about, believed }: Pick<ConductChain, 'kind' | 'about' | 'believed'>,
  titleOf: (role: RoleId) => string,
): string {
  const what = kind === 'practice' ? 'How the school works' : 'An adult who works or helps here'
  const whom = about
    ? [
        ...about.holds.map(titleOf),
        ...(about.relativeOf.length > 0 ? [`a relative of the ${about.relativeOf.map(titleOf).join(' or the ')}`] : []),
        ...(about.conflictOfInterest ? ['a conflict of interest'] : []),
      ].join(', ')
    : ''
  const level = believed ? (believed.includes('low-level') ? 'low-level' : 'may meet the harm threshold') : ''
  return [what, ...(whom ? [`about ${whom}`] : []), ...(level ? [level] : [])].join(': ')
}
