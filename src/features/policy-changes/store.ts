import type { Permit } from '../../access/index.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Decided } from '../../policy/decided.ts'
import type { Work } from '../../work/work.ts'
import type { ClockArea } from '../clocks/index.ts'
import type { EffectFacts, NewProposal, OpenClock, Proposal } from './model.ts'

const columns = `jsonb_build_object('id', p.id, 'path', p.path, 'value', p.value, 'was', p.was, 'says', p.says, 'fromOn', p.from_on, 'because', p.because, 'section', p.section,
    'proposedBy', p.proposed_by, 'proposedByName', (select name from adult where school_id = $1 and id = p.proposed_by), 'proposedAt', ${utcText('p.proposed_at')}, 'state', p.state,
    'byHead', exists (select from appointment a where a.school_id = $1 and a.adult_id = p.proposed_by and a.role = 'headteacher' and a.starts_at <= $2 and (a.ends_at is null or a.ends_at > $2)),
    'decidedBy', p.decided_by, 'decidedByName', (select name from adult where school_id = $1 and id = p.decided_by), 'decidedAt', ${utcText('p.decided_at')}, 'decidedBecause', p.decided_because)`

const effectFacts = `(select coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'rule', c.rule, 'basisAt', ${utcText('c.basis_at')}, 'durationUnit', c.duration_unit, 'durationCount', c.duration_count,
      'dueAt', ${utcText('c.due_at')}, 'passedOn', c.passed_on) order by c.due_at nulls last, c.basis_at), '[]') from policy_open_clocks() c) as clocks,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', a.adult_id, 'name', (select name from adult where school_id = $1 and id = a.adult_id), 'role', a.role,
      'absent', exists (select from absence x where x.school_id = $1 and x.adult_id = a.adult_id and x.starts_at <= $2 and (x.ends_at is null or x.ends_at > $2))) order by a.starts_at, a.id), '[]')
      from appointment a where a.school_id = $1 and a.starts_at <= $2 and (a.ends_at is null or a.ends_at > $2)) as holders,
    (select coalesce(jsonb_agg(jsonb_build_object('number', v.number, 'path', v.path, 'value', v.value, 'from', v.from_on, 'document', v.document, 'section', v.section) order by v.number), '[]')
      from policy_value v where v.school_id = $1) as decided`

export type FactsAndDecided = EffectFacts & { readonly decided: readonly Decided[] }

const factsOnly = { name: 'policy_effect_facts', text: `select ${effectFacts}` }

/** Running clocks by kind, today's appointments, and what the school has decided so far. */
export async function getEffectFacts(work: Work, _permit: Permit<'policy.propose'>): Promise<FactsAndDecided> {
  const [row] = await work.tx.run<FactsAndDecided>(factsOnly, [work.school.id, work.now])
  if (!row) throw new Error('the query gives one row')
  return row
}

const one = {
  name: 'policy_proposal_with_facts',
  text: `select ${effectFacts}, (select ${columns} from policy_proposal p where p.school_id = $1 and p.id = $3) as proposal`,
}

/** A proposal with what working out its effects needs; undefined where there is none. */
export async function findProposal(
  work: Work,
  _permit: Permit<'policy.changes'> | Permit<'policy.approve'> | Permit<'policy.propose'>,
  id: string,
): Promise<(FactsAndDecided & { readonly proposal: Proposal }) | undefined> {
  const [row] = await work.tx.run<FactsAndDecided & { readonly proposal: Proposal | null }>(one, [work.school.id, work.now, id])
  return row?.proposal ? { ...row, proposal: row.proposal } : undefined
}

const all = {
  name: 'policy_proposals',
  text: `select coalesce(jsonb_agg(${columns} order by p.state <> 'open', p.proposed_at desc), '[]') as proposals from policy_proposal p where p.school_id = $1`,
}

/** Every change that was ever proposed, those that wait first. */
export async function listProposals(work: Work, _permit: Permit<'policy.changes'>): Promise<readonly Proposal[]> {
  const [row] = await work.tx.run<{ proposals: readonly Proposal[] }>(all, [work.school.id, work.now])
  return row?.proposals ?? []
}

const insert = {
  name: 'policy_proposal_insert',
  text: `insert into policy_proposal (school_id, id, path, value, was, says, from_on, because, section, proposed_by, proposed_at)
    values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11)`,
}

export async function insertProposal(
  work: Work,
  _permit: Permit<'policy.propose'>,
  id: string,
  by: string,
  proposal: NewProposal,
): Promise<void> {
  const { path, value, was, says, fromOn, because, section } = proposal
  await work.tx.run(insert, [work.school.id, id, path, JSON.stringify(value), was, says, fromOn, because, section, by, work.now])
}

const approve = { name: 'policy_change_approve', text: 'select policy_change_approve($1, $2, $3, $4, $5) as number' }

/** Makes the proposal hold; the number of the change, or undefined where the database lets this person not approve it. */
export async function saveApproval(
  work: Work,
  _permit: Permit<'policy.approve'>,
  id: string,
  value: { readonly id: string; readonly document: string; readonly from: PlainDate },
): Promise<number | undefined> {
  const [row] = await work.tx.run<{ number: number | null }>(approve, [id, value.id, value.document, value.from, work.now])
  return row?.number ?? undefined
}

const refuse = {
  name: 'policy_proposal_refuse',
  text: `update policy_proposal set state = $3, decided_by = $4, decided_at = $5, decided_because = $6 where school_id = $1 and id = $2 and state = 'open' returning id`,
}

/** Keeps that a proposal was rejected, or taken back by whoever made it. */
export async function saveRefusal(
  work: Work,
  _permit: Permit<'policy.approve'> | Permit<'policy.propose'>,
  id: string,
  refusal: { readonly state: 'rejected' | 'withdrawn'; readonly by: string; readonly because: string | null },
): Promise<boolean> {
  const rows = await work.tx.run<{ id: string }>(refuse, [
    work.school.id,
    id,
    refusal.state,
    refusal.by,
    work.now,
    refusal.because,
  ])
  return rows.length > 0
}

const computedFor = { name: 'calendar_computed_for', text: 'select calendar_digest as digest from school where id = $1' }

/** By which calendar the running clocks were computed last. */
export async function findCalendarDigest(work: Work, _permit: Permit<'clock.sweep'>): Promise<string | null> {
  const [row] = await work.tx.run<{ digest: string | null }>(computedFor, [work.school.id])
  return row?.digest ?? null
}

const counted = {
  name: 'clocks_of_the_calendar',
  text: `select id, area, name, rule, ${utcText('basis_at')} as "basisAt", duration_unit as "durationUnit", duration_count as "durationCount", ${utcText('due_at')} as "dueAt", passed_on as "passedOn"
    from clock where school_id = $1 and met_at is null and ended_at is null and duration_unit = any ($2) and passed_on = 0`,
}

/** The running clocks that the school's calendar has a say in. */
export function listCalendarClocks(
  work: Work,
  _permit: Permit<'clock.sweep'>,
  units: readonly string[],
): Promise<(OpenClock & { readonly id: string; readonly area: ClockArea })[]> {
  return work.tx.run(counted, [work.school.id, units])
}

const leaving = {
  name: 'clocks_of_leaving',
  text: `select c.id, c.area, c.name, c.rule, ${utcText('c.basis_at')} as "basisAt", c.duration_unit as "durationUnit", c.duration_count as "durationCount", ${utcText('c.due_at')} as "dueAt", c.passed_on as "passedOn",
      (select coalesce(jsonb_agg(k.leaves_at) filter (where k.leaves_at is not null), '[]') from child k where k.school_id = $1 and (c.subject_kind = 'child' and k.id = c.subject_id
        or exists (select from concern_child x where x.school_id = $1 and x.concern_id = c.concern_id and x.child_id = k.id and x.involvement = 'subject'))) as leaves
    from clock c where c.school_id = $1 and c.met_at is null and c.ended_at is null and c.duration_unit = any ($2) and c.passed_on = 0 and c.basis_at >= $3`,
}

/** The clocks running since this moment that count to when a child goes home, with the times of their children's own. */
export function listLeavingClocks(
  work: Work,
  _permit: Permit<'clock.sweep'>,
  units: readonly string[],
  since: Instant,
): Promise<(OpenClock & { readonly id: string; readonly area: ClockArea; readonly leaves: readonly LocalTime[] })[]> {
  return work.tx.run(leaving, [work.school.id, units, since])
}

const move = {
  name: 'clocks_due_again',
  text: `update clock set due_at = c.due, breached_at = case when c.due > $3 then null else clock.breached_at end
    from jsonb_to_recordset($2::jsonb) as c (id uuid, due timestamptz) where clock.school_id = $1 and clock.id = c.id and clock.met_at is null and clock.ended_at is null`,
}

/** Gives clocks their new moments; one that is not due yet is not late any more. */
export async function saveDue(
  work: Work,
  _permit: Permit<'clock.sweep'>,
  clocks: readonly { readonly id: string; readonly due: string | null }[],
): Promise<void> {
  if (clocks.length > 0) await work.tx.run(move, [work.school.id, JSON.stringify(clocks), work.now])
}

const computed = { name: 'calendar_computed', text: 'select calendar_computed($1)' }

/** Keeps by which calendar clocks are computed now. */
export async function saveCalendarDigest(work: Work, _permit: Permit<'clock.sweep'>, digest: string): Promise<void> {
  await work.tx.run(computed, [digest])
}
