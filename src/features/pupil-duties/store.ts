import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import type { OwnTell } from '../notices/index.ts'
import type { DueReminder, PupilEntry, PupilFacts, PupilPermit, PupilSubject, ReminderToSet } from './model.ts'

const facts = { name: 'pupil_facts', text: 'select child_rule_facts($1, $2) as facts' }

/** What the rules ask about a pupil of this school. Before the permit, which is asked with the ties; nothing of it is shown. */
export async function findPupilFacts(work: Work, childId: ChildId, on: PlainDate): Promise<PupilFacts | undefined> {
  const [row] = await work.tx.run<{ facts: PupilFacts | null }>(facts, [childId, on])
  return row?.facts ?? undefined
}

const notices = {
  name: 'pupil_notices',
  text: `insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at, child_id, rule, role)
    select $1, t.id, t."adultId", 'pupil', false, t.says, t.source, $3, $4, $5, t.rule, t.role
    from jsonb_to_recordset($2::jsonb) as t (id uuid, "adultId" uuid, says text, source text, rule text, role text)`,
}

/** Tells these people, each in their own alerts; travels with the next statement. */
export function insertPupilNotices(
  work: Work,
  _permit: PupilPermit,
  childId: ChildId,
  tells: readonly (OwnTell & { readonly id: string })[],
): void {
  work.tx.later(notices, [work.school.id, JSON.stringify(tells), `/children/${childId}`, work.now, childId])
}

const reminders = {
  name: 'pupil_reminders',
  text: `insert into pupil_reminder (school_id, id, child_id, subject_kind, subject_id, rule, says, source, tell, roles, set_at, tells_at)
    select $1, r.id, $3, $4, $5, r.rule, r.says, r.source, r.tell, r.roles, $6, r."tellsAt"
    from jsonb_to_recordset($2::jsonb) as r (id uuid, rule text, says text, source text, tell text, roles text[], "tellsAt" timestamptz)`,
}

/** Sets who is told unless it is settled by then; travels with the next statement. */
export function insertReminders(work: Work, _permit: PupilPermit, subject: PupilSubject, set: readonly ReminderToSet[]): void {
  work.tx.later(reminders, [work.school.id, JSON.stringify(set), subject.childId, subject.kind, subject.id, work.now])
}

const settle = {
  name: 'pupil_reminders_end',
  text: 'update pupil_reminder set ended_at = $3 where school_id = $1 and subject_id = $2 and told_at is null and ended_at is null',
}

/** It is settled: nobody is told of it any more. Travels with the next statement. */
export function endReminders(work: Work, _permit: PupilPermit, subjectId: string): void {
  work.tx.later(settle, [work.school.id, subjectId, work.now])
}

const entry = {
  name: 'pupil_entry',
  text: `insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, author_id, excluded) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
}

/** Writes a line into the child's chronology; travels with the next statement. */
export function insertPupilEntry(work: Work, permit: PupilPermit, childId: ChildId, line: PupilEntry): void {
  const by: AdultId | null = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  work.tx.later(entry, [work.school.id, line.id, childId, line.kind, line.heading, line.happenedOn, work.now, by, line.excluded])
}

export interface LeaversClock {
  readonly id: string
  readonly rule: string
  readonly tied: readonly AdultId[]
}

const leavers = {
  name: 'pupil_clocks_of_leavers',
  text: `select c.id, c.rule, to_jsonb(k.tied || c.excluded) as tied from clock c join child k on k.school_id = $1 and k.id = c.child_id
    where c.school_id = $1 and c.area = 'welfare' and c.concern_id is null and c.met_at is null and c.ended_at is null and c.owner_id is not null
      and not exists (select from appointment a where a.school_id = $1 and a.adult_id = c.owner_id and a.starts_at <= $2 and (a.ends_at is null or a.ends_at > $2))
    order by c.basis_at, c.id for update of c`,
}

/** What is owed for pupils by somebody who holds no post here any more. */
export async function listClocksOfLeavers(work: Work, _permit: PupilPermit): Promise<readonly LeaversClock[]> {
  return work.tx.run<LeaversClock>(leavers, [work.school.id, work.now])
}

const handOver = { name: 'pupil_clock_owner', text: 'update clock set owner_id = $3 where school_id = $1 and id = $2' }

/** What somebody owed is another's; travels with the next statement. */
export function saveOwner(work: Work, _permit: PupilPermit, clock: string, owner: AdultId): void {
  work.tx.later(handOver, [work.school.id, clock, owner])
}

const due = {
  name: 'pupil_reminders_due',
  text: `select r.id, r.child_id as "childId", r.rule, r.says, r.source, r.tell, r.roles, r.tells_at as "tellsAt", k.tied
    from pupil_reminder r join child k on k.school_id = $1 and k.id = r.child_id
    where r.school_id = $1 and r.tells_at < $2 and r.told_at is null and r.ended_at is null order by r.tells_at, r.id for update of r`,
}

/** What nobody has settled in time. */
export function listDueReminders(work: Work, _permit: PupilPermit): Promise<DueReminder[]> {
  return work.tx.run<DueReminder>(due, [work.school.id, work.now])
}

const told = {
  name: 'pupil_reminders_told',
  text: 'update pupil_reminder set told_at = $3 where school_id = $1 and id = any ($2)',
}

export function saveRemindersTold(work: Work, _permit: PupilPermit, ids: readonly string[]): void {
  work.tx.later(told, [work.school.id, ids, work.now])
}

const runs = { name: 'pupil_clock_runs', text: 'select pupil_clock_runs($1, $2) as runs' }

/** Whether a clock of this name runs for the pupil already, seen by the actor or not. */
export async function isClockRunning(work: Work, childId: ChildId, name: string): Promise<boolean> {
  return (await work.tx.run<{ runs: boolean }>(runs, [childId, name]))[0]?.runs ?? false
}
