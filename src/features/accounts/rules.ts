/** Whose account a concern still lacks, by when, and when it is chased. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { localDate, toInstant } from '../../kernel/london-time.ts'
import { epochInMs, type Instant, instantOf, type LocalTime } from '../../kernel/plain-date.ts'
import { addSchoolDays, childLeavesOn, isSchoolDay } from '../../kernel/school-days.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { AccountRules, Duration, Profile } from '../../policy/profile.ts'
import type { NewConcern } from '../concerns/model.ts'
import { sourceText } from '../concerns/rules.ts'
import type { AccountToAwait, AwaitedReason } from './model.ts'

/** Where somebody told it by voice and nobody has written it down but whoever was told. */
export function isOnlyTold(reason: string | null): boolean {
  return reason === 'no-account' || reason === 'spoken'
}

/** When the child leaves on the day of this moment, where that is still to come. */
export function departureAfter(profile: Profile, at: Instant, leavesAt: LocalTime | null): Instant | null {
  const date = localDate(at)
  if (!isSchoolDay(date, profile.calendar)) return null
  const departs = toInstant(date, childLeavesOn(date, profile.calendar, leavesAt))
  return departs > at ? departs : null
}

function millisecondsOf(duration: Duration): number {
  if (!('count' in duration)) return 0
  return duration.unit === 'minutes' ? duration.count * 60_000 : duration.unit === 'hours' ? duration.count * 3_600_000 : 0
}

/** The day's time of chasing, or that of the next school day where it has passed. */
function nextChase({ chasedAt }: AccountRules, profile: Profile, now: Instant): Instant {
  const today = localDate(now)
  const moment = toInstant(today, chasedAt.value)
  if (moment > now && isSchoolDay(today, profile.calendar)) return moment
  return toInstant(addSchoolDays(today, 1, profile.calendar), chasedAt.value)
}

interface Times {
  readonly dueAt: Instant | null
  readonly warnAt: Instant | null
  readonly departsAt: Instant | null
}

/** By when an account that is asked for now is written, and when it is chased. `knownSince`: when somebody was told of it. */
export function timesOfAccount(profile: Profile, now: Instant, knownSince: Instant, leavesAt: LocalTime | null): Times {
  const rules = profile.accounts
  const departsAt = departureAfter(profile, knownSince, leavesAt)
  if (!rules) return { dueAt: null, warnAt: null, departsAt }
  const due = dueAt(rules.within.value, now, profile.calendar, leavesAt ? { childLeavesAt: leavesAt } : {})
  if (rules.within.value.unit !== 'before-child-leaves' || departsAt === null || departsAt <= now)
    return { dueAt: due, warnAt: nextChase(rules, profile, now), departsAt }
  const before = instantOf(epochInMs(departsAt) - millisecondsOf(rules.beforeLeaving.value))
  return { dueAt: due, warnAt: before > now ? before : now, departsAt }
}

interface Named {
  readonly adultId: AdultId | null
  readonly name: string
  readonly why: AwaitedReason
}

function whoseAccount(
  concern: NewConcern,
  writer: { readonly adultId: AdultId; readonly name: string } | null,
): readonly Named[] {
  const { reporter, firstHand } = concern
  const stub: Named[] = concern.stub && writer ? [{ ...writer, why: 'stub' }] : []
  const told: Named[] =
    reporter.kind === 'on-behalf' && isOnlyTold(reporter.reason)
      ? [{ adultId: reporter.ownAccountBy ?? null, name: reporter.name, why: 'told' }]
      : []
  const heard: Named[] = firstHand ? [{ ...firstHand, why: 'second-hand' }] : []
  return [...stub, ...told, ...heard]
}

/** The accounts that a concern lacks when it is recorded. Whoever is outside it is named, and never asked. */
export function accountsAwaited(
  profile: Profile,
  concern: NewConcern,
  about: {
    readonly writer: { readonly adultId: AdultId; readonly name: string } | null
    readonly excluded: readonly AdultId[]
    readonly leavesAt: LocalTime | null
    readonly now: Instant
    readonly knownSince: Instant
  },
  newId: () => string,
): readonly AccountToAwait[] {
  const times = timesOfAccount(profile, about.now, about.knownSince, about.leavesAt)
  const source = profile.accounts ? sourceText(profile, profile.accounts.within.source) : ''
  return whoseAccount(concern, about.writer).map(({ adultId, name, why }) => {
    const outside = adultId !== null && about.excluded.includes(adultId)
    return {
      id: newId(),
      adultId: outside ? null : adultId,
      name,
      why,
      outside,
      // Nobody is asked, so nothing is due; what somebody began themselves is.
      ...(outside && why !== 'stub' ? { dueAt: null, warnAt: null, departsAt: times.departsAt } : times),
      rule: `accounts.${why}`,
      source,
    }
  })
}

/** Was the account written when the child had already left? */
export function isAfterDeparture(account: { readonly departsAt: Instant | null; readonly metAt: Instant | null }): boolean {
  return account.departsAt !== null && account.metAt !== null && account.metAt > account.departsAt
}
