/** Who is told of what happens to a pupil, what is asked, and whose the duty is. Pure. */
import type { AdultId, ClockId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { applies, type ClockFacts, renewedClock, startedClock } from '../../policy/clocks.ts'
import type { ClockName, Profile, PupilMoment, PupilRule } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import { whoIsTold } from '../../policy/routing.ts'
import type { ClockToStart, RoleHolder } from '../concerns/model.ts'
import { clockToStart, sourceText } from '../concerns/rules.ts'
import type { OwnTell } from '../notices/index.ts'
import type { PupilAsk, PupilFacts, ReminderToSet } from './model.ts'

type NewId = <Id extends string>() => Id

/** The facts of a pupil as rules ask for them, with those of what happened. */
export function factsOf(pupil: PupilFacts, more: ClockFacts = {}): ClockFacts {
  return {
    statuses: pupil.statuses,
    ...(pupil.leavesAt === null ? {} : { childLeavesAt: pupil.leavesAt }),
    ...(pupil.homeAuthority === null ? {} : { homeAuthority: pupil.homeAuthority }),
    ...more,
  }
}

/** The rules of the policy for this that apply to these facts. */
export function rulesOn(profile: Profile, on: PupilMoment, facts: ClockFacts): readonly PupilRule[] {
  return profile.pupilEvents.filter(rule => rule.on === on && applies(rule, facts))
}

/** Of the roles whoever is told: nobody who is tied to the child, and nobody who is out while somebody else is there. */
export function hearersOf(
  who: { readonly tell: 'all' | 'first'; readonly roles: readonly RoleId[] },
  holders: readonly RoleHolder[],
  tied: readonly AdultId[],
): readonly { readonly adultId: AdultId; readonly role: RoleId }[] {
  const step = { ...who, says: '', source: { document: '', section: '' } }
  const { tells } = whoIsTold(
    { id: 'pupil', steps: [step], outside: [] },
    {
      holders: holders.map(holder => ({
        personId: holder.adultId,
        role: holder.role,
        absent: holder.absent,
        excluded: tied.includes(holder.adultId),
      })),
    },
  )
  return tells.map(({ personId, role }) => ({ adultId: personId as AdultId, role }))
}

/** Everybody who is told at once, each once. */
export function tellsOf(
  profile: Profile,
  rules: readonly PupilRule[],
  holders: readonly RoleHolder[],
  tied: readonly AdultId[],
): readonly OwnTell[] {
  const tells = rules.flatMap(rule =>
    rule.tell && !rule.unsettled
      ? hearersOf(rule.tell, holders, tied).map(hearer => ({
          ...hearer,
          rule: rule.rule,
          says: rule.says,
          source: sourceText(profile, rule.source),
        }))
      : [],
  )
  return tells.filter((tell, index) => tells.findIndex(({ adultId }) => adultId === tell.adultId) === index)
}

/** Whoever is told later unless it is settled before, and when. */
export function remindersOf(profile: Profile, rules: readonly PupilRule[], at: Instant, newId: NewId): readonly ReminderToSet[] {
  return rules.flatMap(({ rule, says, source, tell, unsettled }) => {
    const tellsAt = tell && unsettled ? dueAt(unsettled, at, profile.calendar) : null
    return tell && tellsAt
      ? [{ id: newId<string>(), rule, says, source: sourceText(profile, source), tell: tell.tell, roles: tell.roles, tellsAt }]
      : []
  })
}

/** What the policy asks then. */
export function asksOf(rules: readonly PupilRule[]): readonly PupilAsk[] {
  return rules.flatMap(({ asks, says, source }) => (asks === undefined ? [] : [{ code: asks, says, source }]))
}

interface Start {
  readonly at: Instant
  readonly facts: ClockFacts
  readonly holders: readonly RoleHolder[]
  readonly tied: readonly AdultId[]
  readonly fileRoles: readonly RoleId[]
  /** It was met before and begins anew. */
  readonly again?: boolean
}

/** Whose a clock of a pupil is: the first of those whom its rule names, else of those who open files. */
export function ownerOf(
  profile: Profile,
  ruleId: string,
  { holders, tied, fileRoles }: Pick<Start, 'holders' | 'tied' | 'fileRoles'>,
): AdultId | null {
  const rule = profile.clocks.find(({ rule: id }) => id === ruleId)
  const [owner] = hearersOf({ tell: 'first', roles: rule?.owner ?? fileRoles }, holders, tied)
  const [stead] = owner ? [] : hearersOf({ tell: 'first', roles: fileRoles }, holders, tied)
  return (owner ?? stead)?.adultId ?? null
}

/** A clock of the policy as it starts for a pupil, with whoever has to meet it; none where the policy has no such duty. */
export function pupilClock(profile: Profile, name: ClockName, start: Start, newId: NewId): readonly ClockToStart[] {
  const { at, facts } = start
  const started = (start.again ? renewedClock(profile, name, at, facts) : undefined) ?? startedClock(profile, name, at, facts)
  if (!started) return []
  return [clockToStart(profile, started, ownerOf(profile, started.rule, start), null, newId)]
}

/** A clock that ends on a day or moment that is given, instead of the policy's time; it keeps the rule and its source. */
export function dueOn(clock: ClockToStart, dueAtMoment: Instant): ClockToStart {
  return { ...clock, id: clock.id as ClockId, dueAt: dueAtMoment, standing: 'setting' }
}
