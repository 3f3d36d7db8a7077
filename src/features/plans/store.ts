import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { AwaitedAssessment, NewPlan, Plan, PlanReview } from './model.ts'

type KeepPermit = Permit<'plan.keep'>
const by = ({ someone }: Permit<'plan.keep'> | Permit<'alert.tell'>): AdultId | null =>
  someone.kind === 'adult' ? someone.adultId : null

const awaited = {
  name: 'plan_awaited',
  text: `select k.concern_id as "concernId", ${utcText('k.basis_at')} as "reportedAt", c.excluded from clock k
    join concern c on c.school_id = $1 and c.id = k.concern_id
    join concern_child h on h.school_id = $1 and h.concern_id = k.concern_id and h.child_id = $2 and h.moved_to is null
    where k.school_id = $1 and k.name = 'risk-assessment' and k.met_at is null and k.ended_at is null order by k.basis_at, k.id`,
}

/** Reports about the child that ask for an assessment; those that the actor is outside are not among them. */
export function listAwaited(work: Work, _permit: KeepPermit, childId: ChildId): Promise<AwaitedAssessment[]> {
  return work.tx.run<AwaitedAssessment>(awaited, [work.school.id, childId])
}

const meet = {
  name: 'plan_meets_assessment',
  text: `update clock set met_at = $3 where school_id = $1 and name = 'risk-assessment' and concern_id = any ($2) and met_at is null and ended_at is null`,
}

/** The assessment that these reports asked for is made. */
export function meetAssessments(work: Work, _permit: KeepPermit, concernIds: readonly ConcernId[]): void {
  work.tx.later(meet, [work.school.id, concernIds, work.now])
}

const outside = { name: 'plan_outside', text: 'select excluded from concern where school_id = $1 and id = $2' }

/** Who is outside a concern that the actor may read; undefined where there is none. */
export async function findOutside(work: Work, _permit: KeepPermit, id: ConcernId): Promise<readonly AdultId[] | undefined> {
  return (await work.tx.run<{ excluded: AdultId[] }>(outside, [work.school.id, id]))[0]?.excluded
}

const insert = {
  name: 'plan_insert',
  text: `insert into plan (school_id, id, child_id, concern_id, kind, opened_at, opened_by, owner_id, says, feedback_to, feedback_days, ends_on, review_on, assessed_in_minutes, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
}

export async function insertPlan(
  work: Work,
  permit: KeepPermit,
  plan: NewPlan & { readonly id: string; readonly assessedInMinutes: number | null; readonly excluded: readonly AdultId[] },
): Promise<void> {
  const {
    id,
    childId,
    concernId,
    kind,
    ownerId,
    says = '',
    feedbackTo = '',
    feedbackDays,
    endsOn,
    reviewOn,
    assessedInMinutes,
    excluded,
  } = plan
  const opener = by(permit)
  await work.tx.run(insert, [
    work.school.id,
    id,
    childId,
    concernId ?? null,
    kind,
    work.now,
    opener,
    ownerId ?? opener,
    says,
    feedbackTo,
    feedbackDays ?? null,
    endsOn ?? null,
    reviewOn ?? null,
    assessedInMinutes,
    excluded,
  ])
}

const columns = `id, child_id as "childId", concern_id as "concernId", kind, ${utcText('closed_at')} as "closedAt", feedback_days as "feedbackDays", excluded`
const one = { name: 'plan_one', text: `select ${columns} from plan where school_id = $1 and id = $2 for update` }

/** A plan. Before the permit, which is asked with whoever is outside it; nothing of it is shown without one. */
export async function findPlan(work: Work, id: string): Promise<Plan | undefined> {
  return (await work.tx.run<Plan>(one, [work.school.id, id]))[0]
}

const review = {
  name: 'plan_review_insert',
  text: `insert into plan_review (school_id, id, plan_id, child_id, concern_id, at, by_id, progress, says, escalation, next_on, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
}
const next = { name: 'plan_review_next', text: 'update plan set review_on = $3 where school_id = $1 and id = $2' }

export async function insertReview(work: Work, permit: KeepPermit, plan: Plan, id: string, given: PlanReview): Promise<void> {
  const { progress, says = '', escalation = '', nextOn } = given
  const nextDay: PlainDate | null = nextOn ?? null
  work.tx.later(next, [work.school.id, plan.id, nextDay])
  const { childId, concernId, excluded } = plan
  const values = [id, plan.id, childId, concernId, work.now, by(permit), progress, says, escalation, nextDay, excluded]
  await work.tx.run(review, [work.school.id, ...values])
}

const close = {
  name: 'plan_close',
  text: 'update plan set closed_at = $3, closed_by = $4, outcome = $5 where school_id = $1 and id = $2',
}

export async function saveClosed(work: Work, permit: KeepPermit, id: string, outcome: string): Promise<void> {
  await work.tx.run(close, [work.school.id, id, work.now, by(permit), outcome])
}

// Each concern once under each rule: the alert itself says that it was told.
const unassessed = {
  name: 'plan_unassessed',
  text: `select k.concern_id as "concernId", ${utcText('k.basis_at')} as "reportedAt", c.excluded from clock k join concern c on c.school_id = $1 and c.id = k.concern_id
    where k.school_id = $1 and k.name = 'risk-assessment' and k.met_at is null and k.ended_at is null and c.state <> 'closed'
      and not exists (select from alert a where a.school_id = $1 and a.concern_id = k.concern_id and a.rule = 'unanswered.risk-assessment')
    order by k.basis_at, k.id`,
}

/** Reports that ask for an assessment, have none, and of which nobody was told that. */
export function listUnassessed(work: Work, _permit: Permit<'alert.tell'>): Promise<AwaitedAssessment[]> {
  return work.tx.run<AwaitedAssessment>(unassessed, [work.school.id])
}

const alerts = {
  name: 'plan_unassessed_alerts',
  text: `insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, $2, a."adultId", a.role, 'also-told', 0, 'unanswered.risk-assessment', $4, $5, $6, $7
    from jsonb_to_recordset($3::jsonb) as a (id uuid, "adultId" uuid, role text)`,
}

/** Tells of a report that has no assessment. */
export async function insertUnassessedAlerts(
  work: Work,
  _permit: Permit<'alert.tell'>,
  about: AwaitedAssessment,
  rule: { readonly says: string; readonly source: string },
  hearers: readonly { readonly id: string; readonly adultId: AdultId; readonly role: string }[],
): Promise<void> {
  await work.tx.run(alerts, [
    work.school.id,
    about.concernId,
    JSON.stringify(hearers),
    rule.says,
    rule.source,
    work.now,
    about.excluded,
  ])
}

/** SQL: the open plans of the child that the expression names, newest first, for whoever may read the file. */
export function openPlansOf(child: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'says', p.says, 'openedAt', ${utcText('p.opened_at')}, 'reviewOn', p.review_on) order by p.opened_at desc, p.id), '[]')
    from plan p where p.school_id = $1 and p.child_id = ${child} and p.closed_at is null)`
}
