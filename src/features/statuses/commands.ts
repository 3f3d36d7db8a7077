import { authorise } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { endOfDay, localDate } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { endClocks, meetClocks } from '../clocks/index.ts'
import {
  dueOn,
  endReminders,
  enterOfPupil,
  findPupil,
  type PupilAsk,
  type PupilFacts,
  type PupilRefusal,
  type PupilWork,
  pupilSubject,
  runPupilClocks,
  tellOfPupil,
} from '../pupil-duties/index.ts'
import { type StatusClock, statusClocks } from './rules.ts'
import { findCurrentStatus, insertStatus, saveStatusEnd } from './store.ts'

type Answer<T> = Promise<Result<T, PupilRefusal>>

export interface NewStatus {
  readonly childId: ChildId
  readonly status: string
  readonly startsOn?: PlainDate
  readonly authority?: string
  readonly workerName?: string
  readonly workerPhone?: string
}

const subjectOf = (id: string, childId: ChildId) => ({ kind: 'status', id, childId })

/** What begins with a status, whoever wrote it down and where: the clocks and tellings that the policy has for it. */
export async function beginStatusDuties(
  work: PupilWork,
  pupil: PupilFacts,
  status: { readonly id: string; readonly status: string },
): Promise<readonly PupilAsk[]> {
  const permit = authorise(work.someone, 'child.statuses', pupilSubject(work, pupil))
  const subject = subjectOf(status.id, pupil.childId)
  const facts = { statuses: [status.status] }
  await runPupilClocks(
    work,
    subject,
    pupil,
    statusClocks.map(name => ({ name, facts })),
  )
  enterOfPupil(work, permit, pupil, { kind: 'status', heading: 'A status began' })
  const asks = await tellOfPupil(work, permit, { on: 'status-started', subject, pupil, facts })
  work.note({
    event: 'status.started',
    subjectKind: 'child',
    subject: pupil.childId,
    facts: { status: status.id, kind: status.status },
  })
  return asks
}

/** What a status owed ends with it. */
export async function endStatusDuties(work: PupilWork, pupil: PupilFacts, statusId: string): Promise<void> {
  const permit = authorise(work.someone, 'child.statuses', pupilSubject(work, pupil))
  await endClocks(work, subjectOf(statusId, pupil.childId))
  endReminders(work, permit, statusId)
  enterOfPupil(work, permit, pupil, { kind: 'status', heading: 'A status ended' })
  work.note({ event: 'status.ended', subjectKind: 'child', subject: pupil.childId, facts: { status: statusId } })
}

export interface BegunStatus {
  readonly id: string
  readonly asks: readonly PupilAsk[]
}

/** A child has a status from a day on. */
export async function startStatus(work: PupilWork, status: NewStatus): Answer<BegunStatus> {
  const pupil = await findPupil(work, status.childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'child.statuses', pupilSubject(work, pupil))
  const today = localDate(work.now)
  if (status.startsOn && status.startsOn > today) return refused('in-the-future')
  const id = newId<string>()
  await insertStatus(work, permit, { ...status, id, startsOn: status.startsOn ?? today })
  return ok({ id, asks: await beginStatusDuties(work, pupil, { id, status: status.status }) })
}

/** A child has a status no longer. */
export async function endStatus(work: PupilWork, childId: ChildId, status: string): Answer<undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'child.statuses', pupilSubject(work, pupil))
  const current = await findCurrentStatus(work, permit, childId, status)
  if (!current) return refused('no-such-record')
  await saveStatusEnd(work, permit, current.id, localDate(work.now))
  await endStatusDuties(work, pupil, current.id)
  return ok(undefined)
}

/** A report went to the conference, a core group was held, a status was reviewed: met, and begun anew, on the next date where it is known. */
export async function meetStatusClock(
  work: PupilWork,
  childId: ChildId,
  status: string,
  clock: StatusClock,
  nextOn?: PlainDate,
): Answer<undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'child.statuses', pupilSubject(work, pupil))
  const current = await findCurrentStatus(work, permit, childId, status)
  if (!current) return refused('no-such-record')
  const subject = subjectOf(current.id, childId)
  const met = await meetClocks(work, subject, [clock])
  if (met.length === 0) return refused('already-over')
  const adjust =
    nextOn === undefined ? {} : { adjust: (started: Parameters<typeof dueOn>[0]) => dueOn(started, endOfDay(nextOn)) }
  await runPupilClocks(work, subject, pupil, [{ name: clock, facts: { statuses: [status] }, again: true, ...adjust }])
  work.note({ event: 'status.met', subjectKind: 'child', subject: childId, facts: { status: current.id, clock } })
  return ok(undefined)
}
