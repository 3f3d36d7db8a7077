/** What a policy has done for one kind of worry: whom to ring, who does it, by when, and what staff leave alone. Pure. */
import type { Instant } from '../kernel/plain-date.ts'
import { findOffered } from './contact-doubts.ts'
import { isOpenAt, whomToRing } from './contact-hours.ts'
import type { Agency, Cited, Contact, Duration, Profile, Sourced } from './profile.ts'
import { referralDestination } from './referral-destination.ts'
import type { RoleId } from './roles.ts'

/** Clocks of the policy that a step starts and meets. */
export const pathwayClocks = ['fgm-police-report', 'risk-assessment'] as const
export type PathwayClock = (typeof pathwayClocks)[number]

export type StepNeed = 'with-whom' | 'reference' | 'adult' | 'words'

export interface PathwayStep extends Cited {
  readonly id: string
  /** What is to be done, as one would ask for it. */
  readonly does: string
  readonly agency?: Agency
  readonly contacts: readonly string[]
  /** `recorder`: whoever recorded the concern, in person; nobody can take it over. */
  readonly by: 'team' | 'recorder'
  /** Holders of these roles are brought in: the first who is there is told, and may write down what was agreed. */
  readonly consults: readonly RoleId[]
  /** In person only where they hold one of these; empty where everybody does. */
  readonly roles: readonly RoleId[]
  readonly opens: 'at-once' | 'on-referring' | 'after-tries'
  readonly after?: { readonly step: string; readonly tries: number }
  readonly within?: Sourced<Duration>
  readonly late?: Cited & { readonly tell: readonly RoleId[]; readonly after?: Duration; readonly again?: Duration }
  readonly clock?: PathwayClock
  readonly needs: readonly StepNeed[]
  readonly asks?: string
  /** Not doing it needs a second of the team. */
  readonly second: boolean
  /** Advice that is asked for at one time and comes at another. */
  readonly awaitsAdvice: boolean
  /** A decision that does not turn to this agency waits until the step says why. */
  readonly beforeDecision: boolean
  /** Triage is not complete before it is done, or a reason says why not. */
  readonly beforeTriage: boolean
}

/** What makes a pathway hold: any one of it. */
export interface PathwayConditions {
  readonly prompts: readonly string[]
  readonly categories: readonly string[]
  /** `question.option`. */
  readonly answers: readonly string[]
  /** Of a child whom it is about. */
  readonly statuses: readonly string[]
  readonly danger: boolean
  readonly levelAtLeast?: number
  /** The team starts it: somebody is at the door. */
  readonly byHand: boolean
}

/** Until when nobody speaks with the parents. */
export type ParentsHeldUntil = 'until-decided' | 'until-advised' | 'until-lifted'

export interface Pathway extends Cited {
  readonly id: string
  readonly name: string
  readonly when: PathwayConditions
  readonly says?: string
  readonly never: readonly string[]
  readonly contacts: readonly string[]
  readonly urgent: boolean
  /** It holds only where no adult of the school is said to have harmed. */
  readonly betweenChildren: boolean
  /** As what the child is taken. */
  readonly standsAs?: string
  /** The records of the children in it bear on this, for how long they are kept. */
  readonly keeps?: 'sexual-abuse'
  /** Whoever recorded it is not shown their words again. */
  readonly receipt: boolean
  /** Nothing is attached to the concern: nobody keeps such images. */
  readonly locksAttachments: boolean
  readonly parents?: ParentsHeldUntil
  /** To whom a decision to refer opens a referral. */
  readonly refers: readonly Agency[]
  readonly steps: readonly PathwayStep[]
}

export interface DirectReferralRule extends Cited {
  readonly says: string
  readonly reasons: readonly {
    readonly id: string
    readonly name: string
    readonly hint?: string
    /** The team is put outside the concern, because it is the reason. */
    readonly hides?: 'team'
  }[]
}

/** What is known of a concern as far as pathways go. */
export interface PathwayFacts {
  readonly prompts: readonly string[]
  readonly categories?: readonly string[]
  readonly answers?: readonly string[]
  readonly statuses?: readonly string[]
  readonly danger?: boolean
  readonly level?: number
  /** An adult of the school is said to have harmed. */
  readonly adultAlleged?: boolean
}

function holds({ when, betweenChildren }: Pathway, facts: PathwayFacts): boolean {
  if (betweenChildren && facts.adultAlleged) return false
  return (
    when.prompts.some(prompt => facts.prompts.includes(prompt)) ||
    when.categories.some(category => facts.categories?.includes(category)) ||
    when.answers.some(answer => facts.answers?.includes(answer)) ||
    when.statuses.some(status => facts.statuses?.includes(status)) ||
    (when.danger && (facts.danger ?? false)) ||
    (when.levelAtLeast !== undefined && (facts.level ?? 0) >= when.levelAtLeast)
  )
}

/** The pathways that hold for a concern, in the order of the policy. */
export function pathwaysFor(profile: Pick<Profile, 'pathways'>, facts: PathwayFacts): readonly Pathway[] {
  return profile.pathways.filter(pathway => holds(pathway, facts))
}

/** To whom a decision to refer opens referrals, each with the pathway that has it; whoever it is decided not to turn to is left out. */
export function refersTo(
  profile: Pick<Profile, 'pathways'>,
  facts: PathwayFacts,
  standing: readonly string[],
  notReferred: readonly Agency[],
): readonly { readonly agency: Agency; readonly pathway: string }[] {
  const held = profile.pathways.filter(pathway => standing.includes(pathway.id) || holds(pathway, facts))
  const all = held.flatMap(({ id, refers }) => refers.map(agency => ({ agency, pathway: id })))
  return all.filter(
    ({ agency }, index) => !notReferred.includes(agency) && all.findIndex(other => other.agency === agency) === index,
  )
}

/** Whether what was reported, or how it is judged, makes a concern urgent though nobody said so. */
export function isUrgentByPathway(
  profile: Pick<Profile, 'pathways'>,
  prompts: readonly string[],
  answers: readonly string[] = [],
  categories: readonly string[] = [],
): boolean {
  return pathwaysFor(profile, { prompts, answers, categories }).some(pathway => pathway.urgent)
}

/** Whether whoever records it has a receipt alone. */
export function isReceiptOnly(profile: Pick<Profile, 'pathways'>, prompts: readonly string[]): boolean {
  return pathwaysFor(profile, { prompts }).some(pathway => pathway.receipt)
}

export function findStep(
  profile: Pick<Profile, 'pathways'>,
  pathway: string,
  step: string,
): { readonly pathway: Pathway; readonly step: PathwayStep } | undefined {
  const found = profile.pathways.find(({ id }) => id === pathway)
  const of = found?.steps.find(({ id }) => id === step)
  return found && of ? { pathway: found, step: of } : undefined
}

/** Somebody to ring now, with whether they answer at this moment; undefined where their hours are not known as times. */
export interface ContactNow {
  readonly contact: Contact
  readonly isOpen: boolean | undefined
}

const homePrefix = 'home.'

/** The front doors that are shown while nobody knows where the child lives: those that the emergency box names. */
function everyFrontDoor(profile: Profile, at: Instant): readonly Contact[] {
  return profile.referrals.flatMap(destination => {
    const named = profile.emergency.some(({ contact }) => contact === destination.frontDoor || contact === destination.outOfHours)
    const found = named ? referralDestination(profile, destination.authority) : undefined
    return found?.kind === 'found' ? [whomToRing(found, at)] : []
  })
}

function contactsOfKey(profile: Profile, key: string, home: string | undefined, at: Instant): readonly Contact[] {
  if (!key.startsWith(homePrefix)) {
    const contact = findOffered(profile, key)
    return contact ? [contact] : []
  }
  const purpose = key.slice(homePrefix.length)
  if (purpose === 'front-door') {
    const found = referralDestination(profile, home)
    if (found.kind !== 'found') return everyFrontDoor(profile, at)
    const first = whomToRing(found, at)
    return [first, ...(first.key === found.frontDoor.key ? (found.outOfHours ? [found.outOfHours] : []) : [found.frontDoor])]
  }
  const entry = profile.directory?.find(({ purpose: known, authority }) => known === purpose && authority === home)
  const contact = entry && findOffered(profile, entry.contact)
  return contact ? [contact] : []
}

/** Whom to ring at this moment, each once, in the order of the policy; a line that is closed now stands after one that answers. */
export function contactsNow(
  profile: Profile,
  keys: readonly string[],
  home: string | undefined,
  at: Instant,
): readonly ContactNow[] {
  const all = keys.flatMap(key => contactsOfKey(profile, key, home, at))
  const once = all.filter((contact, index) => all.findIndex(other => other.key === contact.key) === index)
  const now = once.map(contact => ({ contact, isOpen: isOpenAt(contact, at) }))
  return [...now.filter(({ isOpen }) => isOpen !== false), ...now.filter(({ isOpen }) => isOpen === false)]
}
