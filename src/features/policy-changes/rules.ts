/** What a change would alter, and who may approve it. Pure. */
import type { Actor } from '../../access/index.ts'
import { toLocal } from '../../kernel/london-time.ts'
import type { LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { Decided } from '../../policy/decided.ts'
import { durationInWords } from '../../policy/duration.ts'
import type { ClockRule, Duration, Profile, Route } from '../../policy/profile.ts'
import { routesOf } from '../../policy/profile-values.ts'
import { whoIsTold } from '../../policy/routing.ts'
import type { EffectFacts, Effects, NewProposal, OpenClock, Proposal } from './model.ts'
import { routesInWords } from './rules-route-words.ts'

/** Units that are counted in the school's calendar alone: a clock of another unit stays as it is when the calendar changes. */
export const calendarUnits = [
  'school-days',
  'terms',
  'end-of-school-day',
  'before-child-arrives',
  'minutes-before-child-arrives',
  'close-of-next-working-day',
] as const

/** Units that are counted to when a child goes home. */
export const leavingUnits = ['before-child-leaves', 'minutes-before-child-leaves'] as const

/** A running clock's moment by when the first of its children who had not gone yet goes home now, else the school's day ends. */
export function dueByLeaving(profile: Profile, clock: OpenClock & { readonly leaves: readonly LocalTime[] }): OpenClock['dueAt'] {
  const times = clock.leaves.toSorted()
  const leaves = times.find(time => time >= toLocal(clock.basisAt).time) ?? times[0]
  return dueAt(durationOf(clock), clock.basisAt, profile.calendar, leaves ? { childLeavesAt: leaves } : {})
}

/** The duration from which a clock was computed. */
export function durationOf({ durationUnit, durationCount }: Pick<OpenClock, 'durationUnit' | 'durationCount'>): Duration {
  return (durationCount === null ? { unit: durationUnit } : { unit: durationUnit, count: durationCount }) as Duration
}

/** A running clock's moment under this profile's calendar; as it is where the calendar has no say in it. */
export function dueUnder(profile: Profile, clock: OpenClock): OpenClock['dueAt'] {
  const isCounted = calendarUnits.some(unit => unit === clock.durationUnit)
  if (!isCounted || clock.passedOn > 0) return clock.dueAt
  return dueAt(durationOf(clock), clock.basisAt, profile.calendar)
}

/** Whether a later change of the same thing from the same day was approved: of two the later holds. */
export function isReplaced(proposal: Proposal, all: readonly Proposal[]): boolean {
  const isLater = (other: Proposal) => (other.decidedAt ?? '') > (proposal.decidedAt ?? '')
  return (
    proposal.state === 'approved' &&
    all.some(
      other => other.state === 'approved' && other.path === proposal.path && other.fromOn === proposal.fromOn && isLater(other),
    )
  )
}

/** What would be another once the change holds: clocks that run, and whom each route leads to by today's appointments. */
export function effectsOf(
  facts: EffectFacts & { readonly decided: readonly Decided[] },
  before: Profile,
  after: Profile,
  { path, fromOn }: Pick<NewProposal, 'path' | 'fromOn'>,
): Effects {
  return {
    replaces: facts.decided.findLast(one => one.path === path && one.from === fromOn)?.number,
    clocks: [...movedClocks(facts, before, after, path), ...keptClocks(facts, after, path)],
    routes: routeChanges(facts, before, after),
    words: routesInWords(before, after),
    next: nextHearers(facts, before, after),
    staleSentence: staleSentence(before, after, path),
  }
}

function movedClocks({ clocks }: EffectFacts, before: Profile, after: Profile, path: string): Effects['clocks'] {
  if (!/^(terms|closures|reopened)\/|^settings\/calendar\./.test(path)) return []
  return clocks.flatMap(clock => {
    const dueThen = toTheSchoolsEnd(before, clock) ? dueByLeaving(after, { ...clock, leaves: [] }) : dueUnder(after, clock)
    return dueThen === clock.dueAt ? [] : [{ ...clock, dueThen, moves: true }]
  })
}

/** Counted to a child's going home, and to the end of the school's day because that child has no time of their own. */
function toTheSchoolsEnd(profile: Profile, clock: OpenClock): boolean {
  return (
    clock.passedOn === 0 &&
    leavingUnits.some(unit => unit === clock.durationUnit) &&
    clock.dueAt === dueByLeaving(profile, { ...clock, leaves: [] })
  )
}

/** The rule whose time a change alters, where it alters one. */
export function ruleOfChange({ clocks }: Pick<Profile, 'clocks'>, path: string): ClockRule | undefined {
  return clocks.find(({ rule }) => path === `clocks/${rule}`)
}

/** The sentence that stays where its time changes: everybody goes on reading the old one, whatever it says. */
function staleSentence(before: Profile, after: Profile, path: string): string | undefined {
  const [was, then] = [ruleOfChange(before, path), ruleOfChange(after, path)]
  if (!was || was.says !== then?.says || durationInWords(was.duration.value) === durationInWords(then.duration.value))
    return undefined
  return was.says
}

/** A clock keeps the edition under which it began; what it would be is shown beside it. */
function keptClocks({ clocks }: EffectFacts, after: Profile, path: string): Effects['clocks'] {
  const rule = ruleOfChange(after, path)
  if (!rule) return []
  return clocks
    .filter(clock => clock.rule === rule.rule)
    .map(clock => ({ ...clock, dueThen: dueAt(rule.duration.value, clock.basisAt, after.calendar), moves: false }))
}

function routeChanges(facts: EffectFacts, before: Profile, after: Profile): Effects['routes'] {
  const then = routesOf(after)
  return routesOf(before).flatMap(({ route, title }, index) => {
    const other = then[index]?.route
    if (!other || JSON.stringify(stepsOf(route)) === JSON.stringify(stepsOf(other))) return []
    return [{ title, before: toldBy(facts, before, route), after: toldBy(facts, after, other) }]
  })
}

const stepsOf = ({ steps, outside }: Route) => [steps.map(({ tell, roles }) => ({ tell, roles })), outside]

/** Who hears next of concerns that nobody has acknowledged, where the route leads on to somebody else than before. */
function nextHearers(facts: EffectFacts, before: Profile, after: Profile): Effects['next'] {
  const waiting = Map.groupBy(
    facts.clocks.filter(({ name }) => name === 'acknowledge'),
    ({ passedOn }) => passedOn,
  )
  return [...waiting].flatMap(([passedOn, clocks]) => {
    const [was, then] = [before, after].map(profile => {
      const lines = toldBy(facts, profile, profile.routes.welfare)
      return (lines[passedOn + 1] ?? lines.at(-1) ?? '').replace(/^\d+\. /, '')
    })
    return was === undefined || then === undefined || was === then ? [] : [{ count: clocks.length, before: was, after: then }]
  })
}

/** The people whom a route reaches step by step, each step as if nobody before it answered, and where it ends outside. */
function toldBy({ holders }: EffectFacts, profile: Profile, route: Route): readonly string[] {
  const people = holders.map(holder => ({ personId: holder.adultId, role: holder.role, absent: holder.absent, excluded: false }))
  const told = route.steps.map((_, fromStep) =>
    whoIsTold({ ...route, steps: route.steps.slice(0, fromStep + 1) }, { holders: people, fromStep }),
  )
  const name = (id: string) => holders.find(({ adultId }) => adultId === id)?.name ?? ''
  return [
    ...told.map(
      ({ tells }, index) => `${index + 1}. ${tells.map(({ personId }) => name(personId)).join(', ') || 'nobody today'}`,
    ),
    ...(route.outside.length > 0
      ? [`then outside: ${route.outside.map(key => profile.contacts[key]?.who ?? key).join(', ')}`]
      : []),
  ]
}

/** Whether a route would reach nobody: no step has anybody who holds its roles today, and it ends nowhere outside. */
export function leadsNowhere({ holders }: EffectFacts, profile: Profile, path: string): boolean {
  if (!/^(steps|routes)\//.test(path)) return false
  return routesOf(profile).some(
    ({ route }) =>
      route.outside.length === 0 &&
      !route.steps.some(step => step.roles.some(role => holders.some(holder => holder.role === role))),
  )
}

/**
 * The head approves. What the head proposed, the DSL, the chair of governors or the trust's safeguarding lead: whoever proposes never
 * does, and a deputy does not approve for the head to whom they report.
 */
export function mayApprove(
  { roles, adultId }: Pick<Actor, 'roles' | 'adultId'>,
  { proposedBy, byHead }: Pick<Proposal, 'proposedBy' | 'byHead'>,
): boolean {
  if (proposedBy === adultId) return false
  const approving = byHead
    ? (['headteacher', 'dsl', 'chair-of-governors', 'trust-safeguarding-lead'] as const)
    : (['headteacher'] as const)
  return approving.some(role => roles.includes(role))
}

/** The change as one more decision of the school, the last of all. */
export function asDecided(
  proposal: Pick<NewProposal, 'path' | 'value' | 'fromOn' | 'section'>,
  document: string,
  number: number,
  today: PlainDate,
): Decided {
  const from = proposal.fromOn < today ? today : proposal.fromOn
  return { number, path: proposal.path, value: proposal.value, from, document, section: proposal.section }
}
