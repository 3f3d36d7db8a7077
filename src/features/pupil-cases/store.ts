import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { Attempt, CaseStep, ContactToTry, NewPupilCase, PupilCase } from './model.ts'

type CasePermit = Permit<'pupil-case.open' | 'pupil-case.keep' | 'alert.tell'>

const add = {
  name: 'pupil_case_add',
  text: `insert into pupil_case (school_id, id, child_id, kind, opened_at, opened_by, since, with_id, says, escalates_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertCase(
  work: Work,
  permit: Permit<'pupil-case.open'>,
  row: NewPupilCase & { readonly id: string; readonly since: Instant; readonly escalatesAt: Instant | null },
): Promise<void> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  const { id, childId, kind, since, withId, says, escalatesAt } = row
  await work.tx.run(add, [work.school.id, id, childId, kind, work.now, by, since, withId ?? null, says ?? '', escalatesAt])
}

const addSteps = {
  name: 'pupil_case_steps_add',
  text: `insert into pupil_case_step (school_id, id, case_id, child_id, step, does, source, opened_at, before, owner_id)
    select $1, s.id, $2, $3, s.step, s.does, s.source, $5, s.before, s."ownerId"
    from jsonb_to_recordset($4::jsonb) as s (id uuid, step text, does text, source text, before text, "ownerId" uuid)
    on conflict (school_id, case_id, step) do nothing`,
}

export type StepToAdd = Pick<CaseStep, 'id' | 'step' | 'does' | 'source' | 'before' | 'ownerId'>

/** Adds what the policy has done; what stands already is left alone. Travels with the next statement. */
export function insertCaseSteps(
  work: Work,
  _permit: CasePermit,
  found: { readonly id: string; readonly childId: ChildId },
  steps: readonly StepToAdd[],
): void {
  if (steps.length > 0) work.tx.later(addSteps, [work.school.id, found.id, found.childId, JSON.stringify(steps), work.now])
}

const one = {
  name: 'pupil_case_one',
  text: `select c.id, c.child_id as "childId", c.kind, c.opened_by as "openedBy", ${utcText('c.since')} as since, c.with_id as "withId",
      ${utcText('c.escalates_at')} as "escalatesAt", ${utcText('c.escalated_at')} as "escalatedAt", ${utcText('c.reached_at')} as "reachedAt",
      c.handed_to as "handedTo", ${utcText('c.handed_at')} as "handedAt", ${utcText('c.closed_at')} as "closedAt",
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'step', s.step, 'does', s.does, 'source', s.source, 'before', s.before, 'ownerId', s.owner_id,
        'openedAt', ${utcText('s.opened_at')}, 'settled', s.settled, 'says', s.says) order by s.opened_at, s.step), '[]')
        from pupil_case_step s where s.school_id = $1 and s.case_id = c.id) as steps,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'at', ${utcText('e.at')}, 'byId', e.by_id, 'withWhom', e.with_whom, 'result', e.result,
        'says', e.says) order by e.at, e.recorded_at, e.id), '[]') from pupil_case_event e where e.school_id = $1 and e.case_id = c.id) as events
    from pupil_case c where c.school_id = $1 and c.id = $2`,
}

/** A case with its steps and who was tried. Before the permit, which is asked with whose it is; nothing is shown without one. */
export async function findCase(work: Work, id: string): Promise<PupilCase | undefined> {
  const [row] = await work.tx.run<PupilCase>(one, [work.school.id, id])
  return row
}

const contacts = {
  name: 'pupil_case_contacts',
  text: `select id as "contactId", name, relation, phone from child_contact where school_id = $1 and child_id = $2 and not barred
    and (ends_at is null or ends_at > $3) order by priority, name, id`,
}

/** Whom to try, in the order of the child's file, without those who must not be contacted. */
export function listContactsToTry(work: Work, _permit: Permit<'pupil-case.keep'>, childId: ChildId): Promise<ContactToTry[]> {
  return work.tx.run<ContactToTry>(contacts, [work.school.id, childId, work.now])
}

const addEvent = {
  name: 'pupil_case_event_add',
  text: `insert into pupil_case_event (school_id, id, case_id, child_id, kind, at, recorded_at, by_id, contact_id, with_whom, result, says)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
}

export async function insertCaseEvent(
  work: Work,
  permit: Permit<'pupil-case.keep'>,
  found: Pick<PupilCase, 'id' | 'childId'>,
  event: { readonly id: string; readonly kind: 'attempt' | 'looked-after' } & Omit<Attempt, 'result'> & {
      readonly result: Attempt['result'] | null
    },
): Promise<void> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  const { id, kind, at, contactId, withWhom, result, says } = event
  const row = [id, found.id, found.childId, kind, at, work.now, by, contactId, withWhom, result, says]
  await work.tx.run(addEvent, [work.school.id, ...row])
}

const reached = {
  name: 'pupil_case_reached',
  text: 'update pupil_case set reached_at = coalesce(reached_at, $3), escalates_at = null where school_id = $1 and id = $2',
}

/** Somebody answered: nothing more is escalated. */
export async function saveReached(work: Work, _permit: Permit<'pupil-case.keep'>, id: string, at: Instant): Promise<void> {
  await work.tx.run(reached, [work.school.id, id, at])
}

const lookedAfter = { name: 'pupil_case_with', text: 'update pupil_case set with_id = $3 where school_id = $1 and id = $2' }

export async function saveWith(work: Work, _permit: Permit<'pupil-case.keep'>, id: string, adultId: AdultId): Promise<void> {
  await work.tx.run(lookedAfter, [work.school.id, id, adultId])
}

const handed = {
  name: 'pupil_case_handed',
  text: 'update pupil_case set handed_to = $3, handed_at = $4, escalates_at = null where school_id = $1 and id = $2',
}

export async function saveHanded(
  work: Work,
  _permit: Permit<'pupil-case.keep'>,
  id: string,
  to: string,
  at: Instant,
): Promise<void> {
  await work.tx.run(handed, [work.school.id, id, to, at])
}

const settle = {
  name: 'pupil_case_step_settle',
  text: `update pupil_case_step set settled = $4, says = $5, settled_at = $6, settled_by = $7
    where school_id = $1 and case_id = $2 and step = $3 and settled_at is null returning id`,
}

/** Gives whether there was such a step to settle. */
export async function saveCaseStep(
  work: Work,
  permit: Permit<'pupil-case.settle'>,
  caseId: string,
  step: string,
  settled: 'done' | 'not-done',
  says: string,
): Promise<boolean> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  return (await work.tx.run(settle, [work.school.id, caseId, step, settled, says, work.now, by])).length > 0
}

const close = {
  name: 'pupil_case_close',
  text: 'update pupil_case set closed_at = $3, closed_by = $4, outcome = $5, escalates_at = null where school_id = $1 and id = $2',
}

export async function saveClosed(work: Work, permit: Permit<'pupil-case.keep'>, id: string, outcome: string): Promise<void> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  await work.tx.run(close, [work.school.id, id, work.now, by, outcome])
}

const due = {
  name: 'pupil_case_due',
  text: `select id, child_id as "childId", kind from pupil_case where school_id = $1 and closed_at is null and escalated_at is null
    and escalates_at is not null and escalates_at <= $2 order by escalates_at, id`,
}

export function listEscalating(
  work: Work,
  _permit: Permit<'alert.tell'>,
): Promise<{ readonly id: string; readonly childId: ChildId; readonly kind: string }[]> {
  return work.tx.run(due, [work.school.id, work.now])
}

const escalated = {
  name: 'pupil_case_escalated',
  text: 'update pupil_case set escalated_at = $3 where school_id = $1 and id = $2',
}

export function saveEscalated(work: Work, _permit: Permit<'alert.tell'>, id: string): void {
  work.tx.later(escalated, [work.school.id, id, work.now])
}

const holding = { name: 'pupil_case_holding', text: 'select pupil_cases_hold_leaving($1) as does' }

/** What the policy has done before this pupil leaves the roll, and nobody has. */
export async function listHoldingLeaving(work: Work, childId: ChildId): Promise<readonly string[]> {
  const [row] = await work.tx.run<{ does: string[] }>(holding, [childId])
  return row?.does ?? []
}
