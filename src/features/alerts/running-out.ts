/** What runs out before anybody is late: owners are warned of a time, and answers that nobody gave are asked for. */
import { authorise, type Worker } from '../../access/index.ts'
import type { AlertId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { ClockRule, Profile } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import type { AlertToSend } from '../concerns/index.ts'
import type { LookRound, OpenConcern } from './model.ts'
import type { ToldOf } from './rules-unanswered.ts'
import { type ClockToWarn, listClocksToWarn, openChases, saveClocksWarned } from './running-out-store.ts'

/** How many warnings of a clock are due by now. */
export function warningsDue(profile: Profile, rule: Pick<ClockRule, 'warned'>, basisAt: Instant, now: Instant): number {
  const moments = rule.warned?.value.map(after => dueAt(after, basisAt, profile.calendar)) ?? []
  return moments.filter(moment => moment !== null && moment <= now).length
}

function ruleOf(profile: Profile, clock: Pick<ClockToWarn, 'name' | 'rule'>): ClockRule | undefined {
  return profile.clocks.find(({ clock: name, rule }) => name === clock.name && rule === clock.rule)
}

function toldTo(
  profile: Profile,
  round: LookRound,
  concern: OpenConcern,
  adultId: ClockToWarn['ownerId'],
  what: Pick<AlertToSend, 'kind' | 'rule' | 'says' | 'source'>,
): readonly AlertToSend[] {
  if (adultId === null || concern.excluded.includes(adultId)) return []
  const role = round.listeners.find(holder => holder.adultId === adultId)?.role ?? profile.team[0]?.role ?? 'dsl'
  return [{ id: newId<AlertId>(), adultId, role, step: 0, ...what }]
}

/** Warns whoever owns a clock whose policy has them warned; each warning goes out once. */
export async function warnOwners(work: Work<Worker>, round: LookRound, tell: (told: ToldOf) => Promise<void>): Promise<void> {
  const rules = [...new Set(work.profile.clocks.flatMap(({ warned, rule }) => (warned ? [rule] : [])))]
  if (rules.length === 0) return
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const due = (await listClocksToWarn(work, permit, rules)).flatMap(clock => {
    const rule = ruleOf(work.profile, clock)
    const told = rule ? warningsDue(work.profile, rule, clock.basisAt, work.now) : 0
    return rule && told > clock.warned ? [{ clock, rule, told }] : []
  })
  for (const { clock, rule } of due) {
    const concern = round.concerns.find(({ id }) => id === clock.concernId)
    if (!concern) continue
    const { document, section } = rule.duration.source
    const alerts = toldTo(work.profile, round, concern, clock.ownerId ?? concern.ownerId, {
      kind: 'clock-near',
      rule: rule.rule,
      says: 'Something that the policy gives a time for is not recorded yet, and its time runs out.',
      source: `${work.profile.documents[document]?.title ?? document}, ${section}`,
    })
    await tell({ concern, alerts })
  }
  saveClocksWarned(
    work,
    permit,
    due.map(({ clock, told }) => ({ id: clock.id, told })),
  )
}

/** Opens the task of asking for each answer whose time has come: it stands on the page of today and among its owner's actions. */
export async function chaseAnswers(work: Work<Worker>): Promise<void> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  for (const chase of await openChases(work, permit))
    work.note({
      event: 'action.set',
      subjectKind: 'action',
      subject: chase.id,
      facts: { concern: chase.concernId, referral: chase.referralId, owner: chase.ownerId },
    })
}
