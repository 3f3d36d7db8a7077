import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { SubjectFacts } from '../../access/policy.ts'
import type { AdultId, AlertId, ConcernId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { AccountToAwait, ChasedAccount, OwnTask } from './model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

/** An account that is awaited, with the alert of whoever is asked. */
export interface AwaitedRow extends AccountToAwait {
  readonly alertId: AlertId | null
}

// Whoever has no account here cannot be asked here: they are a name, whose paper is awaited from the writer.
const add = {
  name: 'awaited_account_add',
  text: `with asked as (select r.*, (select a.id from adult a where a.school_id = $1 and a.id = r."adultId" and a.account_id is not null) as asked_id
      from jsonb_to_recordset($3::jsonb) as r (id uuid, "alertId" uuid, "adultId" uuid, name text, why text, outside boolean, "dueAt" timestamptz, "warnAt" timestamptz,
        "departsAt" timestamptz, rule text, source text)),
    rows as (insert into awaited_account (school_id, id, concern_id, adult_id, name, why, outside, asked_at, asked_by, due_at, warn_at, departs_at, rule, source, reporter_id, excluded)
      select $1, r.id, $2, r.asked_id, coalesce(${nameOf('r."adultId"')}, r.name), r.why, r.outside, $4, $5, r."dueAt", r."warnAt", r."departsAt", r.rule, r.source, $5, $6 from asked r)
    insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, r."alertId", $2, r.asked_id, 'reporter', 'account-asked', 0, r.rule, $7, r.source, $4, $6 from asked r where r.asked_id is not null and r."alertId" is not null`,
}

/** Keeps the accounts that a concern lacks; travels with the next statement. `excluded` is the concern's. */
export function insertAwaited(
  work: Work,
  permit: Permit<'concern.record'>,
  concern: { readonly id: ConcernId; readonly excluded: readonly AdultId[] },
  rows: readonly AwaitedRow[],
  says: string,
): void {
  const { someone } = permit
  const by = someone.kind === 'adult' ? someone.adultId : null
  work.tx.later(add, [work.school.id, concern.id, JSON.stringify(rows), work.now, by, concern.excluded, says])
}

const metByScan = {
  name: 'awaited_account_scan',
  text: `update awaited_account set met_at = $3, met_by = 'scan', met_id = $4
    where school_id = $1 and concern_id = $2 and adult_id is null and not outside and why <> 'stub' and met_at is null`,
}

/** The signed paper of somebody without an account is what was awaited of them; travels with the next statement. */
export function meetByScan(work: Work, _permit: Permit<'concern.add-to-own'>, concernId: ConcernId, scanId: string): void {
  work.tx.later(metByScan, [work.school.id, concernId, work.now, scanId])
}

const finished = {
  name: 'awaited_account_finished',
  text: `update awaited_account set met_at = $3, met_by = 'finished' where school_id = $1 and concern_id = $2 and why = 'stub' and met_at is null`,
}

/** What was begun is written; travels with the next statement. */
export function meetByFinishing(work: Work, _permit: Permit<'concern.add-to-own'>, concernId: ConcernId): void {
  work.tx.later(finished, [work.school.id, concernId, work.now])
}

const own = {
  name: 'awaited_account_own',
  text: `select concern_id as "concernId", ${nameOf('x.asked_by')} as "askedBy", ${utcText('asked_at')} as "askedAt", ${utcText('due_at')} as "dueAt", excluded, ${utcText('met_at')} as "metAt",
      (select string_agg(d.says, E'\n\n' order by d.at, d.id) from addendum d where d.school_id = $1 and d.concern_id = $2 and d.author_id = $3 and d.kind = 'first-hand') as says
    from awaited_account x where school_id = $1 and concern_id = $2 and adult_id = $3 and why <> 'stub' order by met_at is not null, asked_at limit 1`,
}

interface OwnRow extends OwnTask {
  readonly excluded: AdultId[]
  readonly metAt: string | null
  readonly says: string | null
}

/** The account that this person is asked for, with its access facts: the permit is asked with them. */
export async function findOwnTask(
  work: Work,
  adultId: AdultId,
  concernId: string,
): Promise<{ readonly task: OwnTask; readonly written: string | null; readonly access: SubjectFacts } | undefined> {
  const [row] = await work.tx.run<OwnRow>(own, [work.school.id, concernId, adultId])
  if (!row) return undefined
  const { excluded, metAt, says, ...task } = row
  return { task, written: metAt === null ? null : (says ?? ''), access: { schoolId: work.school.id, excluded, ownerId: adultId } }
}

const take = {
  name: 'awaited_account_take',
  text: `select first_hand_account_take($1, $2, $3, $4, $5, $6, $7) as taken`,
}

/** Meets the account that the actor was asked for, once; gives who has the concern, or nothing where none is awaited any more. */
export async function takeFirstHand(
  work: Work,
  _permit: Permit<'account.write-own'>,
  concernId: ConcernId,
  entry: {
    readonly addendumId: string
    readonly entryIds: readonly string[]
    readonly heading: string
    readonly on: string
    readonly time: string
  },
): Promise<{ readonly ownerId: AdultId | null; readonly excluded: readonly AdultId[] } | undefined> {
  const [row] = await work.tx.run<{ taken: { ownerId: AdultId | null; excluded: AdultId[] } | null }>(take, [
    concernId,
    entry.addendumId,
    entry.entryIds,
    entry.heading,
    entry.on,
    entry.time,
    work.now,
  ])
  return row?.taken ?? undefined
}

const chased = {
  name: 'awaited_account_chased',
  text: `select id, concern_id as "concernId", case when not (adult_id = any (excluded)) then adult_id end as "adultId", case when adult_id is null then reporter_id end as "reporterId", why
    from awaited_account where school_id = $1 and met_at is null and warned_at is null and warn_at <= $2 order by warn_at, id limit 200`,
}

/** The accounts that nobody has written by the time at which they are chased. Ids alone. */
export function listChased(work: Work, _permit: Permit<'alert.tell'>): Promise<ChasedAccount[]> {
  return work.tx.run<ChasedAccount>(chased, [work.school.id, work.now])
}

const warned = {
  name: 'awaited_account_warned',
  text: 'update awaited_account set warned_at = $3 where school_id = $1 and id = any ($2) and warned_at is null',
}

/** Travels with the next statement. */
export function saveWarned(work: Work, _permit: Permit<'alert.tell'>, ids: readonly string[]): void {
  work.tx.later(warned, [work.school.id, ids, work.now])
}

/** SQL: the accounts awaited of a concern, those that were written too, as JSON; `$1` is the school. */
export function awaitedOf(concern: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'why', w.why, 'outside', w.outside, 'isAsked', w.adult_id is not null, 'askedAt', ${utcText('w.asked_at')},
    'dueAt', ${utcText('w.due_at')}, 'departsAt', ${utcText('w.departs_at')}, 'warnedAt', ${utcText('w.warned_at')}, 'source', w.source, 'metAt', ${utcText('w.met_at')}, 'metBy', w.met_by) order by w.asked_at, w.why, w.id), '[]')
    from awaited_account w where w.school_id = $1 and w.concern_id = ${concern})`
}

/** SQL: what this adult is asked to write, as JSON; `$1` is the school. Stubs stand among their own concerns. */
export function ownTasks(adult: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('concernId', w.concern_id, 'askedBy', ${nameOf('w.asked_by')}, 'askedAt', ${utcText('w.asked_at')}, 'dueAt', ${utcText('w.due_at')})
    order by w.due_at nulls last, w.id), '[]') from awaited_account w where w.school_id = $1 and w.adult_id = ${adult} and w.why <> 'stub' and w.met_at is null and ${notShutOut('w')})`
}

/** SQL: the accounts that the team waits for, as JSON; `$1` is the school. */
export const openAccounts = `(select coalesce(jsonb_agg(jsonb_build_object('concernId', c.id, 'reference', c.reference, 'name', w.name, 'why', w.why, 'outside', w.outside, 'askedAt', ${utcText('w.asked_at')},
    'dueAt', ${utcText('w.due_at')}, 'children', (select coalesce(jsonb_agg(trim(k.given_name || ' ' || k.family_name) order by x.involvement <> 'subject', k.family_name, k.given_name), '[]')
      from concern_child x join child k on k.school_id = $1 and k.id = x.child_id where x.school_id = $1 and x.concern_id = c.id and x.moved_to is null)) order by w.due_at nulls last, w.id), '[]')
  from awaited_account w join concern c on c.school_id = $1 and c.id = w.concern_id and c.state <> 'closed'
  where w.school_id = $1 and w.met_at is null and ${notShutOut('w')} and ${notShutOut('c')})`
