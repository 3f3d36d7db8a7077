import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'

type Reads = Permit<'duties.keep' | 'duties.read' | 'reading.sign'>
const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const answer = {
  name: 'training_answer',
  text: 'insert into reading_answer (school_id, id, adult_id, question, choice, answered_at) values ($1, $2, $3, $4, $5, $6)',
}

export async function insertAnswer(
  work: Work,
  _permit: Permit<'reading.sign'>,
  given: { readonly id: string; readonly adultId: AdultId; readonly question: string; readonly choice: string },
): Promise<void> {
  await work.tx.run(answer, [work.school.id, given.id, given.adultId, given.question, given.choice, work.now])
}

const answers = {
  name: 'training_answers',
  text: `select adult_id as "adultId", question, choice, ${utc('answered_at')} as "answeredAt" from reading_answer
    where school_id = $1 and (question = $2 or $2 is null) order by answered_at, id`,
}

export interface AnswerRow {
  readonly adultId: AdultId
  readonly question: string
  readonly choice: string
  readonly answeredAt: Instant
}

/** Every answer to this question, or to any, oldest first. */
export function findAnswers(work: Work, _permit: Reads, question: string | undefined): Promise<readonly AnswerRow[]> {
  return work.tx.run<AnswerRow>(answers, [work.school.id, question ?? null])
}

const tasks = {
  name: 'training_tasks',
  text: `select id, adult_id as "adultId", kind, about, says, away, ${utc('opened_at')} as "openedAt", ${utc('done_at')} as "doneAt" from adult_task
    where school_id = $1 and (adult_id = any ($2::uuid[]) or $2::uuid[] is null) order by opened_at, id`,
}

export interface TaskRow {
  readonly id: string
  readonly adultId: AdultId
  readonly kind: 'refresher' | 'catch-up'
  readonly about: string
  readonly says: string
  readonly away: boolean
  readonly openedAt: Instant
  readonly doneAt: Instant | null
}

/** The tasks of these adults, or of everybody. */
export function findTasksOf(work: Work, _permit: Reads, adultIds: readonly AdultId[] | undefined): Promise<readonly TaskRow[]> {
  return work.tx.run<TaskRow>(tasks, [work.school.id, adultIds ?? null])
}

const insertTask = {
  name: 'training_tasks_insert',
  text: `insert into adult_task (school_id, id, adult_id, kind, about, says, away, opened_at)
    select $1, t.id, t."adultId", t.kind, t.about, t.says, t.away, $2
    from jsonb_to_recordset($3::jsonb) as t (id uuid, "adultId" uuid, kind text, about text, says text, away boolean)`,
}

export async function insertTasks(
  work: Work,
  _permit: Permit<'duties.keep' | 'reading.sign'>,
  opened: readonly Omit<TaskRow, 'openedAt' | 'doneAt'>[],
): Promise<void> {
  if (opened.length > 0) await work.tx.run(insertTask, [work.school.id, work.now, JSON.stringify(opened)])
}

const settle = {
  name: 'training_task_settle',
  text: `update adult_task set done_at = $3, done_by = $4 where school_id = $1 and id = $2 and kind = 'catch-up' and done_at is null returning adult_id as "adultId"`,
}

/** The catch-up was held; undefined where there is none that is open. */
export async function saveTaskDone(
  work: Work,
  _permit: Permit<'duties.keep'>,
  id: string,
  by: AdultId,
): Promise<AdultId | undefined> {
  return (await work.tx.run<{ adultId: AdultId }>(settle, [work.school.id, id, work.now, by]))[0]?.adultId
}

const days = {
  name: 'training_works_on',
  text: 'update adult_duty set works_on = $3 where school_id = $1 and adult_id = $2 returning adult_id',
}

/** On which days of the week somebody works; false where they are not followed. */
export async function saveWorksOn(
  work: Work,
  _permit: Permit<'duties.keep'>,
  adultId: AdultId,
  worksOn: readonly number[] | null,
): Promise<boolean> {
  return (await work.tx.run(days, [work.school.id, adultId, worksOn])).length > 0
}

const weeks = {
  name: 'training_working_weeks',
  text: 'select adult_id as "adultId", works_on as "worksOn", started_on as "startedOn" from adult_duty where school_id = $1',
}

export interface WorkingWeek {
  readonly adultId: AdultId
  readonly worksOn: readonly number[] | null
  readonly startedOn: PlainDate
}

/** The working week of everybody who is followed. */
export function findWorkingWeeks(work: Work, _permit: Permit<'duties.keep'>): Promise<readonly WorkingWeek[]> {
  return work.tx.run<WorkingWeek>(weeks, [work.school.id])
}

const insertBriefingQuery = {
  name: 'training_briefing_insert',
  text: 'insert into briefing (school_id, id, title, held_on, present, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)',
}

export async function insertBriefing(
  work: Work,
  _permit: Permit<'duties.keep'>,
  briefing: {
    readonly id: string
    readonly title: string
    readonly on: PlainDate
    readonly present: readonly AdultId[]
    readonly by: AdultId
  },
): Promise<void> {
  const { id, title, on, present, by } = briefing
  await work.tx.run(insertBriefingQuery, [work.school.id, id, title, on, present, work.now, by])
}

const gate = {
  name: 'training_gate',
  text: `select i.adult_id as "adultId", array_agg(i.title order by i.title) as titles from reading_issue i
    where i.school_id = $1 and i.completed_at is null and i.withdrawn_at is null group by i.adult_id`,
}

/** What everybody has been given and has not signed. */
export function findUnsigned(
  work: Work,
  _permit: Permit<'duties.keep'>,
): Promise<readonly { readonly adultId: AdultId; readonly titles: readonly string[] }[]> {
  return work.tx.run(gate, [work.school.id])
}
