import { type Actor, authorise } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { addDuty, type CoverFacts, type CoverRefusal, removeDuty } from '../cover/index.ts'
import type { Activity, ActivityStanding } from './model.ts'
import { dutyKindFor } from './rules.ts'
import { cancelActivity, insertActivity, type NewActivity } from './store.ts'

/** Plans a closure, a trip or an activity. Until somebody of the team is named for it, it is unconfirmed. */
export async function planActivity(work: Work<Actor>, asked: Omit<NewActivity, 'id'>): Promise<string> {
  const permit = authorise(work.someone, 'cover.keep', { schoolId: work.school.id })
  const id = newId<string>()
  await insertActivity(work, permit, work.someone.adultId, { ...asked, id })
  const { kind, startsAt, endsAt, leaderId } = asked
  work.note({
    event: 'activity.planned',
    subjectKind: 'activity',
    subject: id,
    facts: { kind, starts: startsAt, ends: endsAt, leader: leaderId },
  })
  work.send({ kind: 'look-again' })
  return id
}

export interface CoverNamed {
  readonly adultId: AdultId
  readonly phone: string
  readonly mode: 'in-person' | 'remote'
  readonly reason: string | null
}

/** Names who of the team covers it and how they are reached; whoever covered it before does no longer. */
export async function nameCover(
  work: Work<Actor>,
  activity: Activity,
  facts: CoverFacts,
  before: ActivityStanding,
  named: CoverNamed,
): Promise<Result<undefined, CoverRefusal>> {
  for (const duty of before.covers.filter(one => one.endsAt > work.now)) {
    const removed = await removeDuty(work, duty.id)
    if (!removed.ok) return removed
  }
  const held = facts.appointments.some(one => one.adultId === named.adultId && work.school.fileRoles.includes(one.role))
  if (!held) return refused('not-of-the-team')
  const left = { ...facts, duties: facts.duties.filter(duty => !before.covers.includes(duty)) }
  const added = await addDuty(work, left, {
    ...named,
    kind: dutyKindFor(activity.kind, named.mode),
    activityId: activity.id,
    stretches: [{ startsAt: activity.startsAt, endsAt: activity.endsAt }],
  })
  if (!added.ok) return added
  work.note({
    event: 'activity.covered',
    subjectKind: 'activity',
    subject: activity.id,
    facts: { adult: named.adultId, mode: named.mode },
  })
  return ok(undefined)
}

/** Takes an entry off the calendar, and the duty with it. */
export async function cancel(work: Work<Actor>, activity: Activity, standing: ActivityStanding): Promise<void> {
  const permit = authorise(work.someone, 'cover.keep', { schoolId: work.school.id })
  for (const duty of standing.covers.filter(one => one.endsAt > work.now)) await removeDuty(work, duty.id)
  await cancelActivity(work, permit, activity.id)
  work.note({ event: 'activity.cancelled', subjectKind: 'activity', subject: activity.id })
}
