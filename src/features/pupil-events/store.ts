import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { Absence, EncompassNotice, PrivateFostering } from './model.ts'

const by = ({ someone }: Permit<'absence.report'> | Permit<'private-fostering.settle'>): AdultId | null =>
  someone.kind === 'adult' ? someone.adultId : null
const actorOf = (permit: { readonly someone: Permit<'absence.report'>['someone'] }) => by(permit as Permit<'absence.report'>)

// ---- absence. Written without reading back: any adult may report it and is shown nothing.

const absence = {
  name: 'pupil_absence_insert',
  text: `insert into pupil_absence (school_id, id, child_id, told_on, since, school_days, authorised, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
}

export interface AbsenceRow {
  readonly id: string
  readonly childId: ChildId
  readonly toldOn: PlainDate
  readonly since: PlainDate | null
  readonly schoolDays: number
  readonly authorised: boolean
}

export async function insertAbsence(work: Work, permit: Permit<'absence.report'>, row: AbsenceRow): Promise<void> {
  const { id, childId, toldOn, since, schoolDays, authorised } = row
  await work.tx.run(absence, [work.school.id, id, childId, toldOn, since, schoolDays, authorised, work.now, by(permit)])
}

const running = {
  name: 'pupil_absences_running',
  text: `select a.id, a.child_id as "childId", a.since, a.school_days as "schoolDays", a.authorised, ${utcText('a.recorded_at')} as "recordedAt" from pupil_absence a
    where a.school_id = $1 and a.since is not null and a.ended_on is null and a.notified_at is null
      and not exists (select from clock k where k.school_id = $1 and k.subject_kind = 'absence' and k.subject_id = a.id) order by a.since, a.id`,
}

/** Absences that are counted on, of which nobody has to be told yet. */
export function listRunningAbsences(work: Work, _permit: Permit<'alert.tell'>): Promise<Absence[]> {
  return work.tx.run<Absence>(running, [work.school.id])
}

const notified = {
  name: 'pupil_absence_notified',
  text: `update pupil_absence set notified_at = $3, notified_by = $4 where school_id = $1 and child_id = $2 and notified_at is null and ended_on is null returning id`,
}
const back = {
  name: 'pupil_absence_back',
  text: 'update pupil_absence set ended_on = $3 where school_id = $1 and child_id = $2 and ended_on is null returning id',
}

/** The authority, or the social worker, was told; gives the absences of which. */
export async function saveNotified(work: Work, permit: Permit<'absence.settle'>, childId: ChildId): Promise<readonly string[]> {
  return (await work.tx.run<{ id: string }>(notified, [work.school.id, childId, work.now, actorOf(permit)])).map(({ id }) => id)
}

/** The pupil is back; gives the absences that end. */
export async function saveBack(
  work: Work,
  _permit: Permit<'absence.settle'>,
  childId: ChildId,
  on: PlainDate,
): Promise<readonly string[]> {
  return (await work.tx.run<{ id: string }>(back, [work.school.id, childId, on])).map(({ id }) => id)
}

// ---- private fostering

const fostering = {
  name: 'private_fostering_insert',
  text: 'insert into private_fostering (school_id, id, child_id, since, known_at, recorded_by) values ($1, $2, $3, $4, $5, $6)',
}

export async function insertFostering(
  work: Work,
  permit: Permit<'private-fostering.report'>,
  row: { readonly id: string; readonly childId: ChildId; readonly since: PlainDate },
): Promise<void> {
  await work.tx.run(fostering, [work.school.id, row.id, row.childId, row.since, work.now, actorOf(permit)])
}

const current = {
  name: 'private_fostering_current',
  text: `select id, child_id as "childId" from private_fostering where school_id = $1 and child_id = $2 and ended_on is null and notified_at is null
    order by known_at desc, id desc limit 1 for update`,
}

/** What is known of a child's private fostering and not settled yet. */
export async function findFostering(
  work: Work,
  _permit: Permit<'private-fostering.settle'>,
  childId: ChildId,
): Promise<PrivateFostering | undefined> {
  return (await work.tx.run<PrivateFostering>(current, [work.school.id, childId]))[0]
}

const talked = {
  name: 'private_fostering_talked',
  text: 'update private_fostering set talked_on = $3, talked_by = $4 where school_id = $1 and id = $2',
}
const told = {
  name: 'private_fostering_told',
  text: 'update private_fostering set notified_at = $3, notified_by = $4 where school_id = $1 and id = $2',
}

export async function saveTalked(
  work: Work,
  permit: Permit<'private-fostering.settle'>,
  id: string,
  on: PlainDate,
): Promise<void> {
  await work.tx.run(talked, [work.school.id, id, on, by(permit)])
}

export async function saveAuthorityTold(work: Work, permit: Permit<'private-fostering.settle'>, id: string): Promise<void> {
  await work.tx.run(told, [work.school.id, id, work.now, by(permit)])
}

// ---- police notices

const notice = {
  name: 'encompass_insert',
  text: 'insert into encompass_notice (school_id, id, child_id, received_at, recorded_by, arrives_at) values ($1, $2, $3, $4, $5, $6)',
}

export async function insertEncompass(
  work: Work,
  permit: Permit<'encompass.record'>,
  row: { readonly id: string; readonly childId: ChildId; readonly arrivesAt: Instant },
): Promise<void> {
  await work.tx.run(notice, [work.school.id, row.id, row.childId, work.now, actorOf(permit), row.arrivesAt])
}

const one = {
  name: 'encompass_one',
  text: `select id, child_id as "childId", ${utcText('received_at')} as "receivedAt", ${utcText('arrives_at')} as "arrivesAt", ${utcText('seen_at')} as "seenAt",
      ${utcText('checked_in_at')} as "checkedInAt"
    from encompass_notice where school_id = $1 and id = $2`,
}

/** A police notice. Before the permit, which is asked with the ties of the child; nothing of it is shown without one. */
export async function findEncompass(work: Work, id: string): Promise<EncompassNotice | undefined> {
  return (await work.tx.run<EncompassNotice>(one, [work.school.id, id]))[0]
}

const seen = {
  name: 'encompass_seen',
  text: 'update encompass_notice set seen_at = $3, seen_by = $4 where school_id = $1 and id = $2 and seen_at is null',
}
const done = {
  name: 'encompass_done',
  text: 'update encompass_notice set checked_in_at = $3, checked_in_by = $4, done = $5 where school_id = $1 and id = $2',
}

export async function saveEncompassSeen(work: Work, permit: Permit<'encompass.settle'>, id: string): Promise<void> {
  await work.tx.run(seen, [work.school.id, id, work.now, actorOf(permit)])
}

export async function saveCheckedIn(work: Work, permit: Permit<'encompass.settle'>, id: string, what: string): Promise<void> {
  await work.tx.run(done, [work.school.id, id, work.now, actorOf(permit), what])
}
