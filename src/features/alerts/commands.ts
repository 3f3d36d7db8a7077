import { authorise, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { clocksStartedBy } from '../../policy/clocks.ts'
import type { Work } from '../../work/work.ts'
import { listChased, saveWarned } from '../accounts/index.ts'
import { passChallengesOn } from '../challenges/index.ts'
import { alertsOf, clockToStart, openHandBack, rolesOnRoute } from '../concerns/index.ts'
import { listLate, nextTelling, saveTold } from '../pathways/index.ts'
import type { LookRound, OpenConcern, RunningClock } from './model.ts'
import { dueAgain, type Move, moveFor, unansweredIn } from './rules.ts'
import {
  alertsOfAccount,
  alertsOfStep,
  alertsPastAcknowledging,
  alertsPastDecision,
  alertsPastSeeing,
  alertsPastTriage,
  listeningRoles,
  type ToldOf,
} from './rules-unanswered.ts'
import { chaseAnswers, warnOwners } from './running-out.ts'
import {
  findConcernForUpdate,
  getLookRound,
  insertReferralClocks,
  saveBreaches,
  saveFound,
  saveMoreAlerts,
  saveMove,
} from './store.ts'

async function tellOf(work: Work<Worker>, { concern, alerts }: ToldOf): Promise<void> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const told = await saveMoreAlerts(work, permit, concern.id, alerts)
  if (told.length === 0) return
  for (const adultId of new Set(told)) work.send({ kind: 'alert-mail', adultId, concernId: concern.id })
  const kinds = [...new Set(alerts.map(alert => alert.kind))]
  work.note({ event: 'alert.unanswered', subjectKind: 'concern', subject: concern.id, facts: { kinds, told: [...told] } })
}

async function carryOut(work: Work<Worker>, round: LookRound, move: Move): Promise<boolean> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const { concern } = move
  const now = await findConcernForUpdate(work, permit, concern.id)
  // Somebody acted on it between the look and the lock: leave it, the next round sees it as it is then.
  if (!now || now.state !== concern.state || now.ownerId !== concern.ownerId) return false
  const kind = move.why === 'reached' ? 'told' : move.why === 'owner-gone' ? 'handed-over' : 'passed-on'
  const alerts = alertsOf(work.profile, move.routing, kind, newId).map(alert =>
    // Whoever had it before is reminded; it comes anew only to the others.
    kind === 'passed-on' && concern.told.includes(alert.adultId) ? { ...alert, kind: 'second-alert' as const } : alert,
  )
  await saveMove(work, permit, concern.id, { state: move.state, ownerId: move.ownerId, excluded: concern.excluded, alerts })
  const taker = alerts.find(alert => alert.adultId === move.ownerId)
  const opensFiles = (adultId: AdultId) =>
    round.holders.some(holder => holder.adultId === adultId && work.school.fileRoles.includes(holder.role))
  if (taker && move.state !== 'unreached' && !opensFiles(taker.adultId)) await openHandBack(work, concern.id, taker.adultId)
  for (const alert of alerts) work.send({ kind: 'alert-mail', adultId: alert.adultId, concernId: concern.id })
  const event =
    move.state === 'unreached'
      ? 'concern.unreached'
      : move.why === 'reached'
        ? 'concern.reached'
        : move.why === 'owner-gone'
          ? 'owner.moved'
          : 'alert.passed-on'
  work.note({
    event,
    subjectKind: 'concern',
    subject: concern.id,
    facts: { why: move.why, told: alerts.map(alert => alert.adultId), owner: move.ownerId },
  })
  if (move.why === 'no-answer') {
    const justTold = alerts.map(alert => alert.adultId)
    await tellOf(work, { concern, alerts: alertsPastAcknowledging(work.profile, round, concern, justTold, newId) })
  }
  return true
}

async function markBreaches(
  work: Work<Worker>,
  round: LookRound,
  fresh: readonly RunningClock[],
  passedOn: ReadonlySet<OpenConcern['id']>,
): Promise<number> {
  const permit = authorise(work.someone, 'clock.sweep', { schoolId: work.school.id })
  const again = round.overdue.filter(clock => clock.concernId && passedOn.has(clock.concernId) && clock.name === 'acknowledge')
  const changed = [...new Set([...fresh, ...again])]
  await saveBreaches(
    work,
    permit,
    changed.map(clock => ({
      id: clock.id,
      due: clock.dueAt,
      again: again.includes(clock) ? dueAgain(work.profile, clock, work.now) : null,
    })),
  )
  for (const clock of fresh) {
    work.note({
      event: 'clock.breached',
      subjectKind: 'clock',
      subject: clock.id,
      facts: { clock: clock.name, due: clock.dueAt, concern: clock.concernId },
    })
    if (clock.name === 'referral-answer' && clock.referralId) {
      const started = clocksStartedBy(work.profile, { event: 'referral.unanswered', at: clock.dueAt })
      await insertReferralClocks(
        work,
        permit,
        clock.referralId,
        started.map(next => clockToStart(work.profile, next, clock.ownerId, null, newId)),
      )
    }
  }
  for (const told of alertsPastTriage(work.profile, work.school, round, fresh, newId)) await tellOf(work, told)
  for (const told of alertsPastSeeing(work.profile, round, fresh, newId)) await tellOf(work, told)
  return fresh.length
}

/** Accounts that nobody has written by the time at which they are chased; each is chased once. */
async function chaseAccounts(work: Work<Worker>, round: LookRound): Promise<void> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const accounts = await listChased(work, permit)
  for (const account of accounts) {
    const concern = round.concerns.find(({ id }) => id === account.concernId)
    if (!concern) continue
    const told = await saveMoreAlerts(work, permit, concern.id, alertsOfAccount(work.profile, round, concern, account, newId))
    for (const adultId of new Set(told)) work.send({ kind: 'alert-mail', adultId, concernId: concern.id })
    work.note({
      event: 'account.chased',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { account: account.id, told: [...told] },
    })
  }
  if (accounts.length > 0)
    saveWarned(
      work,
      permit,
      accounts.map(account => account.id),
    )
}

/** Steps that the policy has done by now and that are not: whoever hears of it is told, and again where the policy says so. */
async function chaseSteps(work: Work<Worker>, round: LookRound): Promise<void> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const late = await listLate(work, permit)
  for (const step of late) {
    const concern = round.concerns.find(({ id }) => id === step.concernId)
    if (concern) await tellOf(work, { concern, alerts: alertsOfStep(work.profile, round, concern, step, newId) })
  }
  saveTold(
    work,
    permit,
    late.map(step => ({ id: step.id, next: nextTelling(work.profile, step, work.now) })),
  )
}

/** What one look does in its transaction: whatever it moves is held from everybody else until it ends. */
const movesAtOnce = 200
const breachesAtOnce = 1000

export interface Looked {
  readonly moved: number
  readonly breached: number
  /** There was more to do than one look does: look again. */
  readonly isMoreWaiting: boolean
}

/**
 * One look round a school: what nobody answered goes to the next, what nobody could be given is offered again, what has lost
 * its owner gets another, clocks that ran out are marked, and those who hear of what nobody answered are told. Running it twice changes nothing the second time,
 * unless more was waiting than one look does.
 */
export async function lookRoundSchool(work: Work<Worker>): Promise<Looked> {
  const round = await getLookRound(work, rolesOnRoute(work.profile), listeningRoles(work.profile))
  const passedOn = new Set<OpenConcern['id']>()
  const unanswered = unansweredIn(round)
  const moves = round.concerns.flatMap(concern => moveFor(work.profile, round, concern, unanswered) ?? [])
  let moved = 0
  for (const move of moves.slice(0, movesAtOnce)) {
    if (await carryOut(work, round, move)) {
      moved += 1
      if (move.why === 'no-answer') passedOn.add(move.concern.id)
    }
  }
  const challenged = await passChallengesOn(work, round.listeners)
  const fresh = round.overdue.filter(clock => clock.breachedAt === null)
  const breached = await markBreaches(work, round, fresh.slice(0, breachesAtOnce), passedOn)
  for (const told of alertsPastDecision(work.profile, round, work.now, newId)) await tellOf(work, told)
  await chaseAccounts(work, round)
  await chaseSteps(work, round)
  await warnOwners(work, round, told => tellOf(work, told))
  await chaseAnswers(work)
  await saveFound(work, authorise(work.someone, 'alert.tell', { schoolId: work.school.id }))
  const isMoreWaiting = (moved > 0 && moves.length > movesAtOnce) || fresh.length > breachesAtOnce
  return { moved: moved + challenged, breached, isMoreWaiting }
}
