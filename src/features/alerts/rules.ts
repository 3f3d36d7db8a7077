import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { Duration, Profile } from '../../policy/profile.ts'
import type { Routing } from '../../policy/routing.ts'
import type { ConcernState } from '../concerns/model.ts'
import { routeOf } from '../concerns/rules.ts'
import type { LookRound, OpenConcern, RunningClock } from './model.ts'

export type Why =
  /** Nobody inside could be given it before; somebody can now. */
  | 'reached'
  /** Nobody has acknowledged it within the profile's time. */
  | 'no-answer'
  /** Everybody told is away, has left or is outside it. */
  | 'nobody-there'
  /** Its owner is away, has left or is outside it; somebody else who was told takes it. */
  | 'owner-gone'

/** What has to move for one concern. `routing` is empty of tells where only the owner changes. */
export interface Move {
  readonly concern: OpenConcern
  readonly why: Why
  readonly routing: Routing
  readonly state: ConcernState
  readonly ownerId: AdultId | null
}

function isThere(adultId: AdultId, concern: OpenConcern, round: LookRound): boolean {
  return !concern.excluded.includes(adultId) && round.holders.some(holder => holder.adultId === adultId && !holder.absent)
}

function nobody(routing: Routing): Routing {
  return { ...routing, tells: [] }
}

/** Whether it has been written to somebody who will find it: then the others who are out need not know of it. */
function waitsForSomebody(concern: OpenConcern, round: LookRound): boolean {
  return round.holders.some(({ adultId }) => concern.told.includes(adultId) && !concern.excluded.includes(adultId))
}

/** Passes a concern to whoever comes next in the route; where nobody is left it is unreached, loudly. */
function passOn(profile: Profile, round: LookRound, concern: OpenConcern, why: Why, fromStep: number): Move | undefined {
  const routing = routeOf(profile, round, concern.excluded, { fromStep, alreadyTold: concern.told })
  const next = routing.tells[0]?.personId as AdultId | undefined
  if (routing.unreached) {
    // Those who are away have been written to already, or are written to now; either way nobody may count on them.
    if (concern.state === 'unreached' && (routing.tells.length === 0 || waitsForSomebody(concern, round))) return undefined
    return {
      concern,
      why,
      routing,
      state: concern.state === 'new' || concern.state === 'unreached' ? 'unreached' : concern.state,
      ownerId: next ?? concern.ownerId,
    }
  }
  return { concern, why, routing, state: concern.state === 'unreached' ? 'new' : concern.state, ownerId: next ?? concern.ownerId }
}

/** The concerns that nobody has acknowledged in time. */
export function unansweredIn(round: Pick<LookRound, 'overdue'>): ReadonlySet<OpenConcern['id']> {
  return new Set(round.overdue.flatMap(clock => (clock.concernId && clock.name === 'acknowledge' ? [clock.concernId] : [])))
}

/** What, if anything, has to move for one open concern. */
export function moveFor(
  profile: Profile,
  round: LookRound,
  concern: OpenConcern,
  unanswered: ReadonlySet<OpenConcern['id']>,
): Move | undefined {
  const toldAndThere = concern.told.filter(adultId => isThere(adultId, concern, round))
  switch (concern.state) {
    case 'unreached': {
      const back = toldAndThere[0]
      if (back)
        return {
          concern,
          why: 'reached',
          routing: nobody(routeOf(profile, round, concern.excluded)),
          state: 'new',
          ownerId: back,
        }
      return passOn(profile, round, concern, 'reached', 0)
    }
    case 'new':
      if (unanswered.has(concern.id)) return afterNoAnswer(profile, round, concern, toldAndThere)
      if (toldAndThere.length === 0) return passOn(profile, round, concern, 'nobody-there', 0)
      return ownerMove(profile, round, concern, toldAndThere)
    case 'acknowledged':
    case 'triaged':
    case 'open':
      return ownerMove(profile, round, concern, toldAndThere)
    case 'closed':
      return undefined
  }
}

/** How often everybody is reminded before a concern is left to stand overdue on every list: mails without end are not read. */
const remindersMax = 2

/** After the furthest step that heard. Where the route is another by now, from its start: whoever was told is not told again. */
function stepAfter(profile: Profile, round: LookRound, { furthestStep, told }: OpenConcern): number {
  const roles = profile.routes.welfare.steps[furthestStep]?.roles ?? []
  const heard = round.holders.some(({ adultId, role }) => told.includes(adultId) && roles.includes(role))
  return heard ? furthestStep + 1 : 0
}

/** The next in the route; where everybody there has been told already, they are reminded, and it stays with them. */
function afterNoAnswer(
  profile: Profile,
  round: LookRound,
  concern: OpenConcern,
  toldAndThere: readonly AdultId[],
): Move | undefined {
  const move = passOn(profile, round, concern, 'no-answer', stepAfter(profile, round, concern))
  if (!move?.routing.unreached || toldAndThere.length === 0) return move
  // Whoever is out is not told while somebody who has it is there.
  if (concern.alertCount >= concern.told.length * (remindersMax + 1)) return undefined
  return { concern, why: 'no-answer', routing: routeOf(profile, round, concern.excluded), state: 'new', ownerId: concern.ownerId }
}

function ownerMove(profile: Profile, round: LookRound, concern: OpenConcern, toldAndThere: readonly AdultId[]): Move | undefined {
  if (concern.ownerId && isThere(concern.ownerId, concern, round)) return undefined
  const next = toldAndThere[0]
  if (next)
    return {
      concern,
      why: 'owner-gone',
      routing: nobody(routeOf(profile, round, concern.excluded)),
      state: concern.state,
      ownerId: next,
    }
  const move = passOn(profile, round, concern, 'owner-gone', 0)
  // Everybody is away and has been told: it stays where it is until somebody is back, shown on every list.
  return move && move.routing.tells.length === 0 ? undefined : move
}

/** When the person it was passed to must have answered: the profile's time again, from now. */
export function dueAgain(profile: Profile, clock: RunningClock, now: Instant): Instant | null {
  // The row was written from a Duration; the unit and the count are its two columns.
  const duration = {
    unit: clock.durationUnit,
    ...(clock.durationCount === null ? {} : { count: clock.durationCount }),
  } as Duration
  return dueAt(duration, now, profile.calendar)
}
