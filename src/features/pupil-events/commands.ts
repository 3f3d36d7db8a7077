import { authorise } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { endOfDay, localDate, startOfDay } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { endClocks, meetClocks } from '../clocks/index.ts'
import type { ClockToStart } from '../concerns/index.ts'
import {
  endReminders,
  enterOfPupil,
  findPupil,
  isClockRunning,
  type PupilAsk,
  type PupilRefusal,
  type PupilWork,
  pupilSubject,
  runPupilClocks,
  tellOfPupil,
} from '../pupil-duties/index.ts'
import type { EncompassNotice, NewAbsence } from './model.ts'
import { isOfFosteringAge, schoolDaysFrom, seenBeforeArrival } from './rules.ts'
import {
  findEncompass,
  findFostering,
  insertAbsence,
  insertEncompass,
  insertFostering,
  saveAuthorityTold,
  saveBack,
  saveCheckedIn,
  saveEncompassSeen,
  saveNotified,
  saveTalked,
} from './store.ts'

export interface Reported {
  readonly id: string
  readonly asks: readonly PupilAsk[]
}
type Answer<T = Reported> = Promise<Result<T, PupilRefusal>>

const subjectOf = (kind: string, id: string, childId: ChildId) => ({ kind, id, childId })

/** A pupil has been absent for so many school days in a row. The notice that the policy owes starts once. */
export async function pupilAbsent(work: PupilWork, absence: NewAbsence): Answer {
  const { childId, authorised, since } = absence
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'absence.report', pupilSubject(work, pupil))
  const today = localDate(work.now)
  if (since && since > today) return refused('in-the-future')
  const schoolDays = absence.schoolDays ?? Math.max(1, since ? schoolDaysFrom(since, today, work.profile.calendar) : 1)
  const id = newId<string>()
  await insertAbsence(work, permit, { id, childId, toldOn: today, since: since ?? null, schoolDays, authorised })
  enterOfPupil(work, permit, pupil, {
    kind: 'event',
    heading: authorised ? 'Absent with permission' : 'Absent without permission',
  })
  work.note({ event: 'pupil.absent', subjectKind: 'child', subject: childId, facts: { absence: id, schoolDays, authorised } })
  if (await isClockRunning(work, childId, 'absence-notice')) return ok({ id, asks: [] })
  const facts = { authorised, absentDays: schoolDays }
  const subject = subjectOf('absence', id, childId)
  await runPupilClocks(work, subject, pupil, [{ name: 'absence-notice', facts }])
  return ok({ id, asks: await tellOfPupil(work, permit, { on: 'absence', subject, pupil, facts }) })
}

/** The authority, or the child's social worker, was told of the absence. */
export async function absenceNotified(work: PupilWork, childId: ChildId): Answer<undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'absence.settle', pupilSubject(work, pupil))
  const absences = await saveNotified(work, permit, childId)
  if (absences.length === 0) return refused('no-such-record')
  for (const id of absences) await meetClocks(work, { kind: 'absence', id }, ['absence-notice'])
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'Absence told to the authority or the social worker' })
  work.note({ event: 'pupil-absence.notified', subjectKind: 'child', subject: childId, facts: { absences: [...absences] } })
  return ok(undefined)
}

/** The pupil is back: what was not owed yet is owed no longer. */
export async function pupilBack(work: PupilWork, childId: ChildId): Answer<undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'absence.settle', pupilSubject(work, pupil))
  const absences = await saveBack(work, permit, childId, localDate(work.now))
  if (absences.length === 0) return refused('no-such-record')
  for (const id of absences) await endClocks(work, { kind: 'absence', id })
  work.note({ event: 'pupil-absence.ended', subjectKind: 'child', subject: childId, facts: { absences: [...absences] } })
  return ok(undefined)
}

/** It became known that somebody who is no close relative cares for a child. Whoever the policy names hears of it at once. */
export async function privateFosteringKnown(work: PupilWork, childId: ChildId, since: PlainDate): Answer {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'private-fostering.report', pupilSubject(work, pupil))
  const today = localDate(work.now)
  if (since > today) return refused('in-the-future')
  const id = newId<string>()
  const subject = subjectOf('private-fostering', id, childId)
  await insertFostering(work, permit, { id, childId, since })
  // Learnt late, it cannot have been overdue before it was known.
  const adjust = (clock: ClockToStart): ClockToStart =>
    clock.dueAt !== null && clock.dueAt < work.now
      ? { ...clock, basisAt: work.now, durationUnit: 'same-day', durationCount: null, dueAt: endOfDay(today) }
      : clock
  if (isOfFosteringAge(pupil, today))
    await runPupilClocks(work, subject, pupil, [{ name: 'private-fostering-notice', at: startOfDay(since), adjust }])
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'May be privately fostered' })
  const asks = await tellOfPupil(work, permit, { on: 'private-fostering', subject, pupil })
  work.note({ event: 'private-fostering.known', subjectKind: 'child', subject: childId, facts: { arrangement: id, since } })
  return ok({ id, asks })
}

/** Somebody has spoken with the family about their duty; where nothing confirms in time that the authority knows, the team is told. */
export async function privateFosteringTalked(work: PupilWork, childId: ChildId, on: PlainDate): Answer<readonly PupilAsk[]> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'private-fostering.settle', pupilSubject(work, pupil))
  if (on > localDate(work.now)) return refused('in-the-future')
  const arrangement = await findFostering(work, permit, childId)
  if (!arrangement) return refused('no-such-record')
  await saveTalked(work, permit, arrangement.id, on)
  const subject = subjectOf('private-fostering', arrangement.id, childId)
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'Private fostering: spoken with the family', happenedOn: on })
  const asks = await tellOfPupil(work, permit, { on: 'private-fostering-talk', subject, pupil, from: startOfDay(on) })
  work.note({
    event: 'private-fostering.talked',
    subjectKind: 'child',
    subject: childId,
    facts: { arrangement: arrangement.id, on },
  })
  return ok(asks)
}

/** The authority knows of it: the family or the school has told it. */
export async function privateFosteringNotified(work: PupilWork, childId: ChildId): Answer<undefined> {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'private-fostering.settle', pupilSubject(work, pupil))
  const arrangement = await findFostering(work, permit, childId)
  if (!arrangement) return refused('no-such-record')
  await saveAuthorityTold(work, permit, arrangement.id)
  await meetClocks(work, { kind: 'private-fostering', id: arrangement.id }, ['private-fostering-notice'])
  endReminders(work, permit, arrangement.id)
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'Private fostering: the authority knows' })
  work.note({
    event: 'private-fostering.notified',
    subjectKind: 'child',
    subject: childId,
    facts: { arrangement: arrangement.id },
  })
  return ok(undefined)
}

/** The police have told the school of domestic abuse where a pupil lives. Nothing of the incident is kept here. */
export async function encompassReceived(work: PupilWork, childId: ChildId): Answer {
  const pupil = await findPupil(work, childId)
  if (!pupil) return refused('no-such-child')
  const permit = authorise(work.someone, 'encompass.record', pupilSubject(work, pupil))
  const id = newId<string>()
  const subject = subjectOf('encompass', id, childId)
  const arrivesAt = dueAt({ unit: 'before-child-arrives' }, work.now, work.profile.calendar) ?? work.now
  await insertEncompass(work, permit, { id, childId, arrivesAt })
  await runPupilClocks(work, subject, pupil, [{ name: 'encompass-check-in' }])
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'Notice from the police' })
  const asks = await tellOfPupil(work, permit, { on: 'encompass', subject, pupil })
  work.note({ event: 'encompass.received', subjectKind: 'child', subject: childId, facts: { notice: id } })
  return ok({ id, asks })
}

async function openedNotice(work: PupilWork, id: string) {
  const notice = await findEncompass(work, id)
  const pupil = notice && (await findPupil(work, notice.childId))
  if (!notice || !pupil) return undefined
  return { notice, pupil, permit: authorise(work.someone, 'encompass.settle', pupilSubject(work, pupil)) }
}

export interface SeenNotice extends EncompassNotice {
  readonly seenBeforeArrival: boolean
}

/** Somebody of the team has seen the notice; gives whether that was before the child came to school. */
export async function encompassSeen(work: PupilWork, id: string): Answer<SeenNotice> {
  const opened = await openedNotice(work, id)
  if (!opened) return refused('no-such-record')
  const { notice, permit } = opened
  await saveEncompassSeen(work, permit, id)
  endReminders(work, permit, id)
  const seen = { ...notice, seenAt: notice.seenAt ?? work.now }
  const inTime = seenBeforeArrival(seen)
  work.note({
    event: 'encompass.seen',
    subjectKind: 'child',
    subject: notice.childId,
    facts: { notice: id, beforeArrival: inTime },
  })
  return ok({ ...seen, seenBeforeArrival: inTime })
}

/** Somebody has looked at how the child is, and what is done. */
export async function encompassCheckedIn(work: PupilWork, id: string, done: string): Answer<undefined> {
  const opened = await openedNotice(work, id)
  if (!opened) return refused('no-such-record')
  const { notice, pupil, permit } = opened
  if (done.trim() === '') return refused('no-outcome')
  await saveEncompassSeen(work, permit, id)
  await saveCheckedIn(work, permit, id, done)
  await meetClocks(work, { kind: 'encompass', id }, ['encompass-check-in'])
  endReminders(work, permit, id)
  enterOfPupil(work, permit, pupil, { kind: 'event', heading: 'Seen after a notice from the police' })
  work.note({ event: 'encompass.checked-in', subjectKind: 'child', subject: notice.childId, facts: { notice: id } })
  return ok(undefined)
}
