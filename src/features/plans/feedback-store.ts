import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { NewFeedback } from './feedback.ts'
import type { ListedPlan, Plan, WholePlan } from './model.ts'

const add = {
  name: 'child_feedback_add',
  text: `insert into child_feedback (school_id, id, child_id, plan_id, concern_id, said_at, recorded_at, by_id, says, theme, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
}

export async function insertFeedback(
  work: Work,
  _permit: Permit<'feedback.record'>,
  plan: Plan,
  given: NewFeedback & { readonly id: string; readonly by: AdultId },
): Promise<void> {
  const { id, says, saidAt, theme = '', by } = given
  const values = [id, plan.childId, plan.id, plan.concernId, saidAt, work.now, by, says, theme, plan.excluded]
  await work.tx.run(add, [work.school.id, ...values])
}

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

const whole = {
  name: 'plan_whole',
  text: `select jsonb_build_object('id', p.id, 'childId', p.child_id, 'childName', k.given_name || ' ' || k.family_name, 'tied', to_jsonb(k.tied), 'excluded', to_jsonb(p.excluded),
      'kind', p.kind, 'says', p.says, 'openedAt', ${utcText('p.opened_at')}, 'ownerName', ${nameOf('p.owner_id')}, 'reviewOn', p.review_on, 'closedAt', ${utcText('p.closed_at')},
      'actions', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'says', a.says, 'ownerName', ${nameOf('a.owner_id')}, 'dueOn', a.due_on, 'isDone', a.done_at is not null) order by a.done_at is not null, a.due_on, a.id), '[]')
        from action a where a.school_id = $1 and a.concern_id = p.concern_id and (a.child_id is null or a.child_id = p.child_id)),
      'feedback', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'says', f.says, 'theme', f.theme, 'saidAt', ${utcText('f.said_at')}, 'byName', ${nameOf('f.by_id')}) order by f.said_at desc, f.id), '[]')
        from child_feedback f where f.school_id = $1 and f.plan_id = p.id),
      'reviews', (select coalesce(jsonb_agg(jsonb_build_object('at', ${utcText('r.at')}, 'byName', ${nameOf('r.by_id')}, 'progress', r.progress, 'says', r.says, 'escalation', r.escalation) order by r.at desc, r.id), '[]')
        from plan_review r where r.school_id = $1 and r.plan_id = p.id)) as plan
    from plan p join child k on k.school_id = $1 and k.id = p.child_id where p.school_id = $1 and p.id = $2`,
}

/** A plan with its actions, its reviews and what the child says of it. Before the permit; nothing of it is shown without one. */
export async function findWholePlan(work: Work, id: string): Promise<WholePlan | undefined> {
  return (await work.tx.run<{ plan: WholePlan }>(whole, [work.school.id, id]))[0]?.plan
}

const ofChild = {
  name: 'plans_of_child',
  text: `select p.id, k.given_name || ' ' || k.family_name as "childName", p.kind, p.says, ${utcText('p.opened_at')} as "openedAt", p.review_on as "reviewOn", ${utcText('p.closed_at')} as "closedAt"
    from plan p join child k on k.school_id = p.school_id and k.id = p.child_id
    where p.school_id = $1 and p.child_id = $2 order by p.closed_at is not null, p.opened_at desc, p.id`,
}

/** The plans of a child that the reader is not outside of, the open ones first. */
export function listPlansOf(work: Work, _permit: Permit<'plan.read'>, child: ChildId): Promise<ListedPlan[]> {
  return work.tx.run<ListedPlan>(ofChild, [work.school.id, child])
}
