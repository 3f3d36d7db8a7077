/** Starting clocks and telling people as part of a step: joins the profile's rules to the rows that are written. */
import type { Actor } from '../../access/index.ts'
import type { AdultId, AlertId, ChildId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type ClockEvent, type ClockFacts, clocksStartedBy } from '../../policy/clocks.ts'
import type { Profile } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { type ClockToStart, clockToStart, type RoleHolder, sourceText } from '../concerns/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { AlertToWrite, ConcernFacts } from './model.ts'
import { childrenNow } from './rules.ts'

/** What bears on a concern's clocks; the child's where it is about one child only. */
export function clockFactsOf(concern: ConcernFacts, about?: ChildId): ClockFacts {
  const children = childrenNow(concern).filter(child => about === undefined || child.childId === about)
  const homes = new Set(children.map(child => child.homeAuthority))
  const home = homes.size === 1 ? [...homes][0] : null
  const leavesAt = children
    .map(child => child.leavesAt)
    .filter(time => time !== null)
    .sort()[0]
  return {
    urgent: concern.urgent,
    prompts: concern.prompts,
    ...(concern.triage ? { level: concern.triage.levelPosition } : {}),
    ...(home ? { homeAuthority: home } : {}),
    ...(leavesAt ? { childLeavesAt: leavesAt } : {}),
  }
}

/** The clocks that an event starts now, owned by whoever acts. */
export function clocksFor(work: Work<Actor>, event: ClockEvent, facts: ClockFacts): ClockToStart[] {
  return clocksStartedBy(work.profile, event, facts).map(started =>
    clockToStart(work.profile, started, work.someone.adultId, null, newId),
  )
}

type AlsoTold = Profile['alsoTold'][number]

function holdersToTell(rule: AlsoTold, holders: readonly RoleHolder[], excluded: readonly AdultId[]): readonly RoleHolder[] {
  const eligible = holders.filter(holder => rule.roles.includes(holder.role) && !excluded.includes(holder.adultId))
  const present = eligible.filter(holder => !holder.absent)
  // A message that waits for somebody who is out is better than none.
  return present.length > 0 ? present : eligible
}

/** Who else is told, each once. Whoever acts and holds the post themselves is noted as knowing, and is sent nothing. */
export function alsoToldAlerts(
  profile: Profile,
  rules: readonly AlsoTold[],
  holders: readonly RoleHolder[],
  excluded: readonly AdultId[],
  actor: AdultId,
  now: Instant,
): AlertToWrite[] {
  const tells = rules.flatMap(rule => holdersToTell(rule, holders, excluded).map(holder => ({ rule, holder })))
  return tells
    .filter(({ holder }, index) => tells.findIndex(tell => tell.holder.adultId === holder.adultId) === index)
    .map(({ rule, holder }) => {
      const isActor = holder.adultId === actor
      return {
        id: newId<AlertId>(),
        adultId: holder.adultId,
        role: holder.role,
        kind: 'also-told',
        step: 0,
        rule: `routing.also-told-${rule.on}`,
        says: isActor ? `${rule.says} Informed already: the same holder took this step.` : rule.says,
        source: sourceText(profile, rule.source),
        seenAt: isActor ? now : null,
      }
    })
}

/** The alerts to those whom the policy tells besides, for these events. */
export async function alertsOn(
  work: Work<Actor>,
  concern: ConcernFacts,
  events: readonly AlsoTold['on'][],
): Promise<AlertToWrite[]> {
  const rules = work.profile.alsoTold.filter(({ on }) => events.includes(on))
  if (rules.length === 0) return []
  const holders = await findRoleHolders(work, [...new Set(rules.flatMap(rule => rule.roles))])
  return alsoToldAlerts(work.profile, rules, holders, concern.excluded, work.someone.adultId, work.now)
}

/** What a step leaves for whoever leads and is out: they find it when they are back, and are not written to. */
export async function alertsForReturn(work: Work<Actor>, concern: ConcernFacts, did: string): Promise<AlertToWrite[]> {
  const leads = (await findRoleHolders(work, ['dsl'])).filter(
    lead => lead.absent && lead.adultId !== work.someone.adultId && !concern.excluded.includes(lead.adultId),
  )
  const how = work.someone.roles.includes('deputy-dsl') ? 'deputy acting' : 'standing in for you'
  return leads.map(lead => ({
    id: newId<AlertId>(),
    adultId: lead.adultId,
    role: lead.role,
    kind: 'for-return',
    step: 0,
    rule: 'routing.for-return',
    says: `${did} by ${work.someone.name}, ${how}.`,
    source: 'Deputies stand in; whoever leads stays accountable',
    seenAt: null,
  }))
}

/** Leaves the trace of each alert, and the mail for those who have not seen it by acting. */
export function noteAlerts(work: Work, concern: Pick<ConcernFacts, 'id'>, alerts: readonly AlertToWrite[]): void {
  for (const alert of alerts) {
    work.note({
      event: 'alert.told',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { adult: alert.adultId, rule: alert.rule, kind: alert.kind, sameHolder: alert.seenAt !== null },
    })
    if (alert.seenAt === null) work.send({ kind: 'alert-mail', adultId: alert.adultId, concernId: concern.id })
  }
}
