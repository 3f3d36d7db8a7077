import type { Permit } from '../../access/index.ts'
import type { AdultId, ClockId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import { clocksOfReporter } from '../../policy/clocks.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type { AlertToSend, ClockToStart, ConcernState } from '../concerns/index.ts'
import type { LookRound, OpenConcern, RunningClock } from './model.ts'

const lookRound = {
  name: 'alert_look_round',
  text: `select
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', p.adult_id, 'role', p.role, 'name', '',
        'absent', exists (select 1 from absence x where x.school_id = $1 and x.adult_id = p.adult_id and x.starts_at <= $2 and (x.ends_at is null or x.ends_at > $2)))
        order by exists (select from cover d where d.school_id = $1 and d.adult_id = p.adult_id and d.kind <> 'trip' and d.starts_at <= $2 and d.ends_at > $2) desc, p.starts_at, p.id), '[]')
      from appointment p where p.school_id = $1 and p.role = any ($3) and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)) as holders,
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'state', c.state, 'urgent', c.urgent, 'ownerId', c.owner_id, 'excluded', to_jsonb(c.excluded), 'prompts', to_jsonb(c.prompts),
        'recordedAt', ${utcText('c.recorded_at')}, 'undecidedTold', coalesce(t.undecided, false),
        'isReferred', exists (select from referral r where r.school_id = $1 and r.concern_id = c.id and not r.direct),
        'told', coalesce(t.told, '[]'), 'furthestStep', coalesce(t.step, -1), 'alertCount', coalesce(t.alerts, 0)) order by c.urgent desc, c.recorded_at, c.id), '[]')
      from concern c left join lateral (
        select jsonb_agg(distinct a.adult_id) filter (where a.kind <> 'undecided') as told, max(a.step) as step, count(*) filter (where a.kind <> 'undecided') as alerts, bool_or(a.kind = 'undecided') as undecided from alert a
        where a.school_id = $1 and a.concern_id = c.id and a.kind in ('told', 'urgent', 'passed-on', 'handed-over', 'second-alert', 'undecided')) t on true
      where c.school_id = $1 and c.state <> 'closed') as concerns,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'concernId', concern_id, 'referralId', referral_id, 'ownerId', owner_id, 'durationUnit', duration_unit,
        'durationCount', duration_count, 'dueAt', due_at, 'breachedAt', breached_at) order by due_at, id), '[]')
      from clock where school_id = $1 and area <> 'conduct' and met_at is null and ended_at is null and due_at < $2) as overdue`,
}

/** Who is there, what is open and what is overdue at the work's school, in one round trip. */
export async function getLookRound(work: Work, routeRoles: readonly RoleId[], moreRoles: readonly RoleId[]): Promise<LookRound> {
  const [row] = await work.tx.run<{ holders: LookRound['holders']; concerns: OpenConcern[]; overdue: RunningClock[] }>(
    lookRound,
    [work.school.id, work.now, [...new Set([...routeRoles, ...moreRoles])]],
  )
  if (!row) throw new Error('the look round gives one row')
  return { ...row, holders: row.holders.filter(holder => routeRoles.includes(holder.role)), listeners: row.holders }
}

const tellMore = {
  name: 'alert_tell_more',
  text: `insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, c.id, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $3, c.excluded
    from concern c, jsonb_to_recordset($4::jsonb) as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)
    where c.school_id = $1 and c.id = $2 and not (a."adultId" = any (c.excluded)) and (a.kind in ('second-alert', 'step-late', 'clock-near')
      or not exists (select from alert b where b.school_id = $1 and b.concern_id = $2 and b.adult_id = a."adultId" and b.kind = a.kind))
    returning adult_id as "adultId"`,
}

/** Tells people of a concern without giving it to them, each once of the same thing; gives those who were told. */
export async function saveMoreAlerts(
  work: Work,
  _permit: Permit<'alert.tell'>,
  id: ConcernId,
  alerts: readonly AlertToSend[],
): Promise<readonly AdultId[]> {
  if (alerts.length === 0) return []
  const rows = await work.tx.run<{ adultId: AdultId }>(tellMore, [work.school.id, id, work.now, JSON.stringify(alerts)])
  return rows.map(row => row.adultId)
}

const found = {
  name: 'alert_dsl_found',
  text: `update alert set seen_at = $2 from concern c where alert.school_id = $1 and alert.kind = 'find-dsl' and alert.seen_at is null
    and c.school_id = $1 and c.id = alert.concern_id and c.state not in ('unreached', 'new')`,
}

/** Whoever was asked to find a DSL is no longer reminded of what somebody has answered. */
export async function saveFound(work: Work, _permit: Permit<'alert.tell'>): Promise<void> {
  await work.tx.run(found, [work.school.id, work.now])
}

const lockConcern = {
  name: 'alert_lock_concern',
  text: 'select state, owner_id from concern where school_id = $1 and id = $2 for update',
}

/** Locks the concern and says where it stands now; undefined where it is gone from sight. */
export async function findConcernForUpdate(
  work: Work,
  _permit: Permit<'alert.tell'>,
  id: ConcernId,
): Promise<{ state: ConcernState; ownerId: AdultId | null } | undefined> {
  const [row] = await work.tx.run<{ state: ConcernState; owner_id: AdultId | null }>(lockConcern, [work.school.id, id])
  return row && { state: row.state, ownerId: row.owner_id }
}

const moveConcern = {
  name: 'alert_move_concern',
  text: `with moved as (update concern set state = $3, owner_id = $4 where school_id = $1 and id = $2),
    owned as (update clock set owner_id = $4 where school_id = $1 and concern_id = $2 and met_at is null and ended_at is null and name <> all ($8) and $4::uuid is not null)
    insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, $2, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $5, $6
    from jsonb_to_recordset($7::jsonb) as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)`,
}

export async function saveMove(
  work: Work,
  _permit: Permit<'alert.tell'>,
  id: ConcernId,
  to: { state: ConcernState; ownerId: AdultId | null; excluded: readonly AdultId[]; alerts: readonly AlertToSend[] },
): Promise<void> {
  await work.tx.run(moveConcern, [
    work.school.id,
    id,
    to.state,
    to.ownerId,
    work.now,
    to.excluded,
    JSON.stringify(to.alerts),
    clocksOfReporter,
  ])
}

const breach = {
  name: 'clock_breach',
  text: `update clock set breached_at = coalesce(breached_at, c.due), due_at = coalesce(c.again, due_at), passed_on = passed_on + case when c.again is null then 0 else 1 end
    from jsonb_to_recordset($2::jsonb) as c (id uuid, due timestamptz, again timestamptz) where clock.school_id = $1 and clock.id = c.id`,
}

/** Marks clocks as breached at the moment they were due; `again` starts their time anew for whoever was told next. */
export async function saveBreaches(
  work: Work,
  _permit: Permit<'clock.sweep'>,
  clocks: readonly { id: ClockId; due: Instant; again: Instant | null }[],
): Promise<void> {
  if (clocks.length > 0) await work.tx.run(breach, [work.school.id, JSON.stringify(clocks)])
}

const startClocks = {
  name: 'clock_start_for_referral',
  text: `insert into clock (school_id, id, name, rule, says, source, standing, concern_id, referral_id, owner_id, basis_at, duration_unit, duration_count, due_at, met_at, excluded)
    select $1, c.id, c.name, c.rule, c.says, c.source, c.standing, r.concern_id, r.id, c."ownerId", c."basisAt", c."durationUnit", c."durationCount", c."dueAt", c."metAt", r.excluded
    from referral r, jsonb_to_recordset($3::jsonb) as c (id uuid, name text, rule text, says text, source text, standing text, "ownerId" uuid, "basisAt" timestamptz,
      "durationUnit" text, "durationCount" integer, "dueAt" timestamptz, "metAt" timestamptz)
    where r.school_id = $1 and r.id = $2
      and not exists (select 1 from clock k where k.school_id = $1 and k.referral_id = $2 and k.name = c.name and k.met_at is null and k.ended_at is null)`,
}

export async function insertReferralClocks(
  work: Work,
  _permit: Permit<'clock.sweep'>,
  referralId: string,
  clocks: readonly ClockToStart[],
): Promise<void> {
  if (clocks.length > 0) await work.tx.run(startClocks, [work.school.id, referralId, JSON.stringify(clocks)])
}

export interface AlertMail {
  readonly alertIds: readonly string[]
  readonly email: string
}

const mailFacts = {
  name: 'alert_mail_facts',
  text: `select ad.email, array_agg(a.id) as alert_ids from alert a join adult ad on ad.school_id = a.school_id and ad.id = a.adult_id
    where a.school_id = $1 and a.adult_id = $2 and a.concern_id = $3 and a.mailed_at is null and ad.email is not null
      and not (a.adult_id = any (a.excluded)) group by ad.email`,
}

/** Whom to write to, and for which alerts; undefined where it was mailed before or there is no address. */
export async function findAlertMail(work: Work, adultId: AdultId, concernId: ConcernId): Promise<AlertMail | undefined> {
  const [row] = await work.tx.run<{ email: string; alert_ids: string[] }>(mailFacts, [work.school.id, adultId, concernId])
  return row && { email: row.email, alertIds: row.alert_ids }
}

const mailed = { name: 'alert_mailed', text: 'update alert set mailed_at = $3 where school_id = $1 and id = any ($2)' }

export async function saveMailed(work: Work, _permit: Permit<'alert.tell'>, alertIds: readonly string[]): Promise<void> {
  await work.tx.run(mailed, [work.school.id, alertIds, work.now])
}

export interface OutboxRow {
  readonly id: string
  readonly kind: string
  readonly adultId: AdultId | null
  readonly concernId: ConcernId | null
}

/** How much of the outbox is moved in one transaction. */
export const drainedAtOnce = 200

const takeOutbox = {
  name: 'outbox_take',
  text: `select id, kind, adult_id as "adultId", concern_id as "concernId" from outbox where school_id = $1 and drained_at is null order by at, id limit $2 for update skip locked`,
}
const drained = { name: 'outbox_drained', text: 'update outbox set drained_at = $3 where school_id = $1 and id = any ($2)' }

export function takeOutboxRows(work: Work, _permit: Permit<'alert.tell'>): Promise<OutboxRow[]> {
  return work.tx.run<OutboxRow>(takeOutbox, [work.school.id, drainedAtOnce])
}

export async function saveDrained(work: Work, _permit: Permit<'alert.tell'>, ids: readonly string[]): Promise<void> {
  await work.tx.run(drained, [work.school.id, ids, work.now])
}
