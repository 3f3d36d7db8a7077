import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { AdviceAsked, Breach, BreachOutcome, NewBreach, NewQuestion, SharedFacts, SharedThing } from './model.ts'

const shared: Readonly<Record<SharedThing, { readonly name: string; readonly text: string }>> = {
  transfer: {
    name: 'sharing_of_transfer',
    text: `select null as "concernId", to_jsonb(k.tied) as excluded from transfer t join child k on k.school_id = $1 and k.id = t.child_id where t.school_id = $1 and t.id = $2`,
  },
  'record-request': {
    name: 'sharing_of_request',
    text: `select null as "concernId", to_jsonb(k.tied) as excluded from record_request r join child k on k.school_id = $1 and k.id = r.child_id where r.school_id = $1 and r.id = $2`,
  },
  concern: {
    name: 'sharing_of_concern',
    text: `select id as "concernId", to_jsonb(excluded) as excluded from concern where school_id = $1 and id = $2`,
  },
}

/** Whom a thing that is shared keeps outside. Before the permit, which is asked with it. */
export async function findShared(work: Work, about: NewQuestion['about']): Promise<SharedFacts | undefined> {
  return (await work.tx.run<SharedFacts>(shared[about.kind], [work.school.id, about.id]))[0]
}

const ask = {
  name: 'advice_asked_insert',
  text: `insert into advice_asked (school_id, id, about_kind, about_id, concern_id, contact, context, question, asked_at, asked_by, due_at, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
}

interface AskedRow extends NewQuestion {
  readonly id: string
  readonly by: AdultId
  readonly dueAt: Instant | null
  readonly concernId: ConcernId | null
  readonly excluded: readonly AdultId[]
}

export async function insertQuestion(work: Work, _permit: Permit<'sharing-advice.ask'>, row: AskedRow): Promise<void> {
  const { id, about, concernId, contact, context, question, by, dueAt, excluded } = row
  const what = [about.kind, about.id, concernId, contact, context, question]
  await work.tx.run(ask, [work.school.id, id, ...what, work.now, by, dueAt, excluded])
}

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`
const asked = {
  name: 'advice_asked_list',
  text: `select id, about_kind as "aboutKind", contact, context, question, ${utcText('asked_at')} as "askedAt", ${nameOf('a.asked_by')} as "askedBy",
      ${utcText('due_at')} as "dueAt", answer, ${utcText('answered_at')} as "answeredAt", ${nameOf('a.answered_by')} as "answeredBy", follow_up as "followUp",
      ${utcText('overridden_at')} as "overriddenAt", override_because as "overrideBecause"
    from advice_asked a where school_id = $1 and ($2::uuid is null or a.id = $2) and ($3::uuid is null or a.about_id = $3) order by a.asked_at, a.id`,
}

/** Questions that the scope lets through, or one, or those about one thing. */
export function findAsked(work: Work, id: string | null, about: string | null = null): Promise<readonly AdviceAsked[]> {
  return work.tx.run<AdviceAsked>(asked, [work.school.id, id, about])
}

const answer = {
  name: 'advice_asked_answer',
  text: `update advice_asked set answer = $3, follow_up = $4, answered_at = $5, answered_by = $6 where school_id = $1 and id = $2 and answered_at is null`,
}

export async function saveAnswer(
  work: Work,
  _permit: Permit<'sharing-advice.answer'>,
  id: string,
  row: { readonly answer: string; readonly followUp: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(answer, [work.school.id, id, row.answer, row.followUp || null, work.now, row.by])
}

const override = {
  name: 'advice_asked_override',
  text: 'update advice_asked set overridden_at = $3, overridden_by = $4, override_because = $5 where school_id = $1 and id = $2 and overridden_at is null',
}

export async function saveOverride(
  work: Work,
  _permit: Permit<'sharing-advice.ask'>,
  id: string,
  by: AdultId,
  because: string,
): Promise<void> {
  await work.tx.run(override, [work.school.id, id, work.now, by, because])
}

const insertOfBreach = {
  name: 'data_breach_insert',
  text: `insert into data_breach (school_id, id, kind, says, discovered_at, reported_at, reported_by, due_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

export async function insertBreach(
  work: Work,
  _permit: Permit<'data-breach.report'>,
  row: NewBreach & { readonly id: string; readonly by: AdultId; readonly dueAt: Instant | null },
): Promise<void> {
  const { id, kind, says, discoveredAt, by, dueAt } = row
  await work.tx.run(insertOfBreach, [work.school.id, id, kind, says, discoveredAt, work.now, by, dueAt])
}

const breaches = {
  name: 'data_breach_list',
  text: `select id, kind, says, ${utcText('discovered_at')} as "discoveredAt", ${utcText('reported_at')} as "reportedAt", ${utcText('due_at')} as "dueAt",
      ${utcText('settled_at')} as "settledAt", notified, outcome from data_breach where school_id = $1 order by settled_at is not null, discovered_at, id`,
}

export function findBreaches(work: Work, _permit: Permit<'data-breach.keep'>): Promise<readonly Breach[]> {
  return work.tx.run<Breach>(breaches, [work.school.id])
}

const settle = {
  name: 'data_breach_settle',
  text: `update data_breach set settled_at = $3, settled_by = $4, notified = $5, outcome = $6 where school_id = $1 and id = $2 and settled_at is null returning id`,
}

export async function saveSettled(
  work: Work,
  _permit: Permit<'data-breach.keep'>,
  id: string,
  by: AdultId,
  { notified, outcome }: BreachOutcome,
): Promise<boolean> {
  return (await work.tx.run(settle, [work.school.id, id, work.now, by, notified, outcome.trim()])).length > 0
}

export interface Waiting {
  readonly kind: 'asked' | 'late' | 'breach'
  readonly id: string
  readonly excluded: readonly AdultId[]
}

const waiting = {
  name: 'data_protection_waiting',
  text: `select 'asked' as kind, id, to_jsonb(excluded) as excluded from advice_asked where school_id = $1 and contact is null and told_at is null and answered_at is null
    union all select 'late', id, to_jsonb(excluded) from advice_asked where school_id = $1 and told_late_at is null and answered_at is null and due_at < $2
    union all select 'breach', id, '[]' from data_breach where school_id = $1 and told_at is null and settled_at is null`,
}

export function listWaiting(work: Work, _permit: Permit<'alert.tell'>): Promise<readonly Waiting[]> {
  return work.tx.run<Waiting>(waiting, [work.school.id, work.now])
}

const told: Readonly<Record<Waiting['kind'], { readonly name: string; readonly text: string }>> = {
  asked: { name: 'advice_asked_told', text: 'update advice_asked set told_at = $3 where school_id = $1 and id = $2' },
  late: { name: 'advice_asked_late', text: 'update advice_asked set told_late_at = $3 where school_id = $1 and id = $2' },
  breach: { name: 'data_breach_told', text: 'update data_breach set told_at = $3 where school_id = $1 and id = $2' },
}

export async function saveTold(work: Work, _permit: Permit<'alert.tell'>, { kind, id }: Waiting): Promise<void> {
  await work.tx.run(told[kind], [work.school.id, id, work.now])
}
