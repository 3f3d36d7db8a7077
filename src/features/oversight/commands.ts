import { type Actor, authorise, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate, toInstant } from '../../kernel/london-time.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { startedUnder } from '../../policy/clocks.ts'
import type { ReviewDuty } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { startClocks } from '../clocks/index.ts'
import { clockToStart } from '../concerns/index.ts'
import { tell } from '../notices/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import type { CheckDone, CheckRefusal, Standing } from './model.ts'
import { discharges, hearsNoName, isComplete, type Telling, tellingOf } from './rules.ts'
import { findDutiesToWatch, findLastDone, findRunningRules, insertCheck, meetDuty, readStanding, saveTold } from './store.ts'

/** The moment from which a day's check is counted: this moment where it is today. */
function momentOf(work: Work, day: PlainDate): Instant {
  return day === localDate(work.now) ? work.now : toInstant(day, '00:00' as LocalTime)
}

/** Starts the clock of a duty of the school; where it was done before, it is counted from then. */
async function startDuty(
  work: Work,
  duty: ReviewDuty,
  lastOn: PlainDate | undefined,
  holders: readonly RoleHolder[],
): Promise<void> {
  const { clock, rule, says, duration, every } = duty
  const time = lastOn === undefined ? duration : every
  if (!time) return
  const since = lastOn === undefined ? work.now : momentOf(work, lastOn)
  const started = startedUnder(work.profile, [{ clock, rule, says, duration: time }], since)
  if (!started) return
  const { fileRoles } = work.school
  const first = (roles: readonly RoleId[]) => roles.flatMap(role => holders.find(holder => holder.role === role) ?? [])[0]
  // While nobody holds the lead's post, what is the lead's to do is a deputy's.
  const owner = first(duty.owner) ?? (duty.owner.some(role => fileRoles.includes(role)) ? first(fileRoles) : undefined)
  const toStart = clockToStart(work.profile, started, owner?.adultId ?? null, null, newId)
  startClocks(work, { kind: 'school', id: work.school.id, area: 'school' }, [toStart])
}

/** Sees to it that every duty that the profile gives the school has a running clock. */
export async function keepSchoolDuties(work: Work<Worker>): Promise<void> {
  const permit = authorise(work.someone, 'duties.watch', { schoolId: work.school.id })
  const { reviews } = work.profile.duties
  const running = await findRunningRules(work, permit)
  const missing = reviews.filter(({ rule }) => !running.includes(rule))
  if (missing.length === 0) return
  const [done, holders] = [
    await findLastDone(work, permit),
    await findRoleHolders(work, [...new Set([...missing.flatMap(({ owner }) => owner), ...work.school.fileRoles])]),
  ]
  for (const duty of missing) await startDuty(work, duty, done.get(duty.clock), holders)
}

/**
 * Keeps a check, a review, an assessment, an audit or a report that was done. It meets the school's clock where somebody of
 * those took part whom the policy charges with it.
 */
export async function recordCheck(work: Work<Actor>, check: CheckDone): Promise<Result<{ readonly met: boolean }, CheckRefusal>> {
  const permit = authorise(work.someone, 'check.record', { schoolId: work.school.id })
  const today = localDate(work.now)
  const { kind, on = today, together = [], technical, safeguarding, actionsOpen = 0 } = check
  if (on > today) return refused('in-the-future')
  const duties = work.profile.duties.reviews.filter(duty => duty.clock === kind)
  const participants: AdultId[] = [...new Set([work.someone.adultId, ...together])]
  const roles = [
    ...new Set([...duties.flatMap(duty => [...duty.by, ...duty.owner, ...duty.together.flat()]), ...work.school.fileRoles]),
  ]
  const holders = await findRoleHolders(work, roles)
  if (!duties.every(duty => isComplete(duty, participants, holders))) return refused('needs-all-of-them')
  const id = newId<string>()
  await insertCheck(work, permit, {
    ...{ id, kind, on, by: work.someone.adultId, participants, actionsOpen },
    technical: technical ?? null,
    safeguarding: safeguarding ?? null,
  })
  const discharged = duties.filter(duty => discharges(duty, participants, holders))
  const met = discharged.length > 0 ? await meetDuty(work, permit, id) : []
  for (const duty of discharged) await startDuty(work, duty, on, holders)
  const facts = { kind, on, participants, met: met.length > 0, faults: technical !== undefined || safeguarding !== undefined }
  work.note({ event: 'school-check.recorded', subjectKind: 'school', subject: work.school.id, facts })
  return ok({ met: met.length > 0 })
}

/** In which role each hears of it: the first for which they are told, or else in which they owe it. */
function rolesTold({ roles, owing }: Telling, known: readonly RoleHolder[]): ReadonlyMap<AdultId, RoleId> {
  const order = [...roles, ...owing]
  return new Map(
    known
      .toSorted((one, other) => order.indexOf(other.role) - order.indexOf(one.role))
      .map(({ adultId, role }) => [adultId, role]),
  )
}

/** Tells those whom the profile names when the time of a duty is near, and when it has passed. */
export async function watchDuties(work: Work<Worker>): Promise<void> {
  const permit = authorise(work.someone, 'duties.watch', { schoolId: work.school.id })
  const duties = await findDutiesToWatch(work, permit)
  for (const running of duties) {
    const telling = tellingOf(work.profile, running, work.now)
    if (!telling) continue
    const known = await findRoleHolders(work, [...new Set([...telling.roles, ...telling.owing])])
    const holders = known.filter(({ role }) => telling.roles.includes(role))
    const named = holders.filter(({ role }) => running.adultId === null || !hearsNoName(role)).map(({ adultId }) => adultId)
    const unnamed = holders.map(({ adultId }) => adultId).filter(adultId => !named.includes(adultId))
    const own = [running.ownerId, running.adultId].flatMap(adultId => adultId ?? [])
    const when = telling.what === 'late' ? 'Its time has passed' : 'Its time is near'
    const of = running.adultName === null ? '' : ` (${running.adultName})`
    const roles = rolesTold(telling, known)
    const notice = { topic: 'duty' as const, urgent: false, source: running.source, link: '/policy', rule: running.rule, roles }
    await tell(work, { ...notice, says: `${when}${of}: ${running.says}`, tells: [...new Set([...own, ...named])] })
    await tell(work, { ...notice, says: `${when} for somebody who works here: ${running.says}`, tells: unnamed })
    await saveTold(work, permit, running.id, telling.what === 'late' ? 2 : 1)
  }
}

/** The school's duties as numbers: how many owe each, how many are late, when it was done last. Never a name. */
export async function findStanding(work: Work<Actor>): Promise<readonly Standing[]> {
  const permit = authorise(work.someone, 'duties.standing', { schoolId: work.school.id })
  work.note({ event: 'duties.opened', subjectKind: 'school', subject: work.school.id })
  return readStanding(work, permit)
}
