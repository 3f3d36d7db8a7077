/** Who is told: a route of the profile laid over the people who hold its roles. Pure; the rules by name are in `rule-registry.ts`. */
import type { Route, RouteStep, Source } from './profile.ts'
import type { RoleId } from './roles.ts'

/** Why somebody named by the text is not told. `told` is said of somebody whom an earlier turn has told already. */
export type PassedOverBecause = 'subject' | 'tied' | 'named' | 'excluded' | 'left' | 'absent' | 'vacant' | 'told'

/** A person who holds a role of the route now. One person may hold several. */
export interface Holder {
  readonly personId: string
  readonly role: RoleId
  /** Out today: passed over while anybody else in the chain is there. */
  readonly absent: boolean
  /** Outside this concern: the subject, tied to it, named in it, or gone. Never told, whatever happens. */
  readonly excluded: boolean
  /** Why, for those who may know why. */
  readonly because?: 'subject' | 'tied' | 'named' | 'left'
}

export interface RoutingFacts {
  readonly holders: readonly Holder[]
  /** Where escalation goes on: the first step to be tried. */
  readonly fromStep?: number
  /** People who have been told and have not answered: not told again. */
  readonly alreadyTold?: readonly string[]
}

export interface Tell {
  readonly personId: string
  readonly role: RoleId
  readonly rule: string
  readonly says: string
  readonly source: Source
}

export interface PassedOver {
  /** Null where nobody holds the role. */
  readonly personId: string | null
  readonly role: RoleId
  readonly because: PassedOverBecause
}

export interface Routing {
  readonly tells: readonly Tell[]
  readonly passedOver: readonly PassedOver[]
  /** Contact keys outside the school; filled only where the concern is unreached. */
  readonly outside: readonly string[]
  /**
   * Nobody inside who is there can be given it. `tells` may still hold people who are out: they are written to, but the reporter
   * is shown the outside numbers all the same.
   */
  readonly unreached: boolean
  /** The step whose people are told; null where there is none. Escalation goes on at the next. */
  readonly stepIndex: number | null
}

/** The rule id of a route's step. */
export function stepRule(route: Pick<Route, 'id'>, stepIndex: number): string {
  return `routing.${route.id}-${stepIndex + 1}`
}

/** Who is told under this route, who is passed over and why, and whether nobody is left. */
export function whoIsTold(route: Route, facts: RoutingFacts): Routing {
  const there = firstStepWith(route, facts, holder => isEligible(holder, facts) && !holder.absent)
  if (there) return told(route, facts, there, false)
  // Everybody who may know is out. A message that waits for them is better than none, but nobody may count on it being read.
  const out = firstStepWith(route, facts, holder => isEligible(holder, facts))
  if (out) return told(route, facts, out, true)
  return {
    tells: [],
    passedOver: passedOver(route, facts, route.steps.length - 1, []),
    outside: route.outside,
    unreached: true,
    stepIndex: null,
  }
}

interface Found {
  readonly stepIndex: number
  readonly holders: readonly Holder[]
}

function isEligible(holder: Holder, { alreadyTold = [], holders }: RoutingFacts): boolean {
  // Somebody excluded in one role is excluded in all: the tie is the person's, not the chair's they sit on.
  const excluded = holders.some(other => other.personId === holder.personId && other.excluded)
  return !excluded && !alreadyTold.includes(holder.personId)
}

function firstStepWith(route: Route, facts: RoutingFacts, may: (holder: Holder) => boolean): Found | undefined {
  for (const [stepIndex, step] of route.steps.entries()) {
    if (stepIndex < (facts.fromStep ?? 0)) continue
    const holders = chosen(step, facts.holders.filter(may))
    if (holders.length > 0) return { stepIndex, holders }
  }
  return undefined
}

/** Of the people who may be told those whom the step tells, in the order of the text, nobody twice. */
function chosen(step: RouteStep, eligible: readonly Holder[]): readonly Holder[] {
  const byRole = step.roles.map(role => eligible.filter(holder => holder.role === role))
  const holders = step.tell === 'all' ? byRole.flat() : (byRole.find(holding => holding.length > 0) ?? [])
  return holders.filter((holder, index) => holders.findIndex(({ personId }) => personId === holder.personId) === index)
}

function told(route: Route, facts: RoutingFacts, { stepIndex, holders }: Found, unreached: boolean): Routing {
  const step = route.steps[stepIndex]
  if (!step) throw new RangeError(`route ${route.id} has no step ${stepIndex}`)
  const rule = stepRule(route, stepIndex)
  const tells = holders.map(({ personId, role }) => ({ personId, role, rule, says: step.says, source: step.source }))
  return {
    tells,
    passedOver: passedOver(route, facts, stepIndex, tells),
    outside: unreached ? route.outside : [],
    unreached,
    stepIndex,
  }
}

/** Everybody whom the text names before or beside those who are told, and who are not, with the reason. */
function passedOver(route: Route, facts: RoutingFacts, lastStep: number, tells: readonly Tell[]): readonly PassedOver[] {
  const rows = route.steps.slice(facts.fromStep ?? 0, lastStep + 1).flatMap(step => {
    const reached = step.roles.find(role => tells.some(tell => tell.role === role))
    const roles = step.tell === 'first' && reached ? step.roles.slice(0, step.roles.indexOf(reached) + 1) : step.roles
    return roles.flatMap(role => passedOverOfRole(role, facts, tells))
  })
  return rows.filter(
    (row, index) => rows.findIndex(other => other.role === row.role && other.personId === row.personId) === index,
  )
}

function passedOverOfRole(role: RoleId, facts: RoutingFacts, tells: readonly Tell[]): readonly PassedOver[] {
  const holders = facts.holders.filter(holder => holder.role === role)
  if (holders.length === 0) return [{ personId: null, role, because: 'vacant' }]
  return holders
    .filter(({ personId }) => !tells.some(tell => tell.personId === personId))
    .map(holder => ({ personId: holder.personId, role, because: reasonFor(holder, facts) }))
}

function reasonFor(holder: Holder, { holders, alreadyTold = [] }: RoutingFacts): PassedOverBecause {
  const exclusion = [holder, ...holders].find(other => other.personId === holder.personId && other.excluded)
  if (exclusion) return exclusion.because ?? 'excluded'
  return alreadyTold.includes(holder.personId) ? 'told' : 'absent'
}
