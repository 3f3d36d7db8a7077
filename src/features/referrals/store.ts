import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { ActionId, AdultId, ChildId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { openPlansOf } from '../plans/index.ts'
import type { EarlierReferral, Following, NewReferral, Referral, ReferralState, ReferralStep, ReferralTimes } from './model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

const referral = {
  name: 'referral_whole',
  text: `select jsonb_build_object('id', r.id, 'concernId', r.concern_id, 'concernReference', c.reference, 'childId', r.child_id,
      'childName', k.given_name || ' ' || k.family_name, 'className', k.class_name, 'agency', r.agency, 'authority', r.authority,
      'locality', case when k.home_authority = r.authority then k.locality end, 'destination', r.destination,
      'destinationContact', r.destination_contact, 'consent', r.consent, 'consentSays', r.consent_says, 'urgent', r.urgent, 'channel', r.channel, 'attached', r.attached, 'neededOn', r.needed_on, 'state', r.state, 'reference', r.reference, 'stage', r.stage,
      'openedAt', ${utcText('r.opened_at')}, 'openedBy', ${nameOf('r.opened_by')}, 'direct', r.direct, 'because', r.direct_because, 'followUpOn', r.follow_up_on, 'chaseAt', ${utcText('r.chase_at')}, 'answerDueOn', r.answer_due_on,
      'tasks', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'asks', a.asks, 'says', a.says, 'ownerName', ${nameOf('a.owner_id')}, 'dueOn', a.due_on) order by a.due_on, a.id), '[]')
        from action a where a.school_id = $1 and a.referral_id = r.id and a.done_at is null),
      'again', (select jsonb_build_object('id', b.id, 'openedAt', ${utcText('b.opened_at')}, 'state', b.state, 'because', r.again_because, 'newEvidence', coalesce(r.new_evidence, ''),
          'outcome', (select v.outcome from referral_event v where v.school_id = $1 and v.referral_id = b.id and v.outcome is not null order by v.at desc, v.id desc limit 1))
        from referral b where b.school_id = $1 and b.id = r.follows_id),
      'plans', ${openPlansOf('r.child_id')}, 'excluded', to_jsonb(r.excluded),
      'events', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'at', ${utcText('e.at')}, 'recordedAt', ${utcText('e.recorded_at')}, 'byName', ${nameOf('e.by_id')},
          'withWhom', e.with_whom, 'outcome', e.outcome, 'says', e.says, 'placeRisks', e.place_risks, 'attached', e.attached, 'unwrittenBecause', e.unwritten_because) order by e.at, e.recorded_at, e.id), '[]') from referral_event e where e.school_id = $1 and e.referral_id = r.id),
      'clocks', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'rule', rule, 'says', says, 'source', source, 'standing', standing, 'basisOn', (basis_at at time zone 'Europe/London')::date, 'dueAt', ${utcText('due_at')},
          'metAt', ${utcText('met_at')}, 'endedAt', ${utcText('ended_at')}, 'breachedAt', ${utcText('breached_at')}) order by basis_at, id), '[]')
        from clock where school_id = $1 and concern_id = r.concern_id and referral_id = r.id)
    ) as referral
    from referral r join concern c on c.school_id = $1 and c.id = r.concern_id join child k on k.school_id = $1 and k.id = r.child_id
    where r.school_id = $1 and r.id = $2`,
}

/** A referral with its steps and clocks. Before the permit, which is asked with its exclusions; nothing is shown without one. */
export async function findReferral(work: Work, id: ReferralId): Promise<Referral | undefined> {
  const [row] = await work.tx.run<{ referral: Referral }>(referral, [work.school.id, id])
  return row?.referral
}

const concernOf = { name: 'referral_concern', text: 'select concern_id from referral where school_id = $1 and id = $2' }

export async function findConcernOfReferral(work: Work, id: ReferralId): Promise<ConcernId | undefined> {
  const [row] = await work.tx.run<{ concern_id: ConcernId }>(concernOf, [work.school.id, id])
  return row?.concern_id
}

interface EventRow {
  readonly id: string
  readonly referralId: ReferralId
  readonly kind: 'decided' | ReferralStep
  readonly at: Instant
  readonly by: AdultId
  readonly withWhom: string
  readonly outcome: string
  readonly says: string
  readonly placeRisks: string
  readonly attached: string
  readonly unwrittenBecause: string
  readonly reporterId: AdultId | null
}

const insertBoth = {
  name: 'referral_insert',
  text: `with made as (insert into referral (school_id, id, concern_id, child_id, agency, authority, destination, destination_contact, consent, consent_says, state, opened_at, opened_by, excluded, follows_id, again_because, new_evidence, urgent, channel, attached, needed_on)
      select $1, r.id, $2, r."childId", r.agency, r.authority, r.destination, r."destinationContact", r.consent, r."consentSays", 'decided', $4, r.by, $5, (r.again ->> 'after')::uuid, r.again ->> 'because', r.again ->> 'newEvidence', r.urgent, r.channel, r.attached, r."neededOn"
      from jsonb_to_record($3::jsonb) as r (id uuid, "childId" uuid, agency text, authority text, destination text, "destinationContact" text, consent text, "consentSays" text, by uuid, again jsonb, urgent boolean, channel text, attached text, "neededOn" date))
    insert into referral_event (school_id, id, referral_id, kind, at, recorded_at, by_id, says, excluded)
    select $1, r."eventId", r.id, 'decided', $4, $4, r.by, r.asks, $5 from jsonb_to_record($3::jsonb) as r ("eventId" uuid, id uuid, by uuid, asks text)`,
}

/** The referral and its first line: that it was decided and what is asked for. */
export async function insertReferral(
  work: Work,
  _permit: Permit<'referral.make'>,
  concern: { readonly id: ConcernId; readonly excluded: readonly AdultId[] },
  row: NewReferral & { readonly id: ReferralId; readonly eventId: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(insertBoth, [work.school.id, concern.id, JSON.stringify(row), work.now, concern.excluded])
}

const before = {
  name: 'referral_before',
  text: `select r.id, r.destination, ${utcText('r.opened_at')} as "openedAt" from referral r
    where r.school_id = $1 and r.child_id = $2 and r.agency = $3 and r.state in ('answered', 'escalated', 'concluded') order by r.opened_at desc, r.id desc limit 20`,
}

/** The answered referrals of a child to this agency, in any concern that the reader may open, the latest first. */
export function listReferredBefore(
  work: Work,
  _permit: Permit<'referral.make'>,
  childId: ChildId,
  agency: string,
): Promise<EarlierReferral[]> {
  return work.tx.run<EarlierReferral>(before, [work.school.id, childId, agency])
}

const statusesNow = {
  name: 'referral_statuses_now',
  text: `select distinct status from child_status where school_id = $1 and child_id = $2 and starts_on <= $3 and (ends_on is null or ends_on >= $3)`,
}

/** The statuses that the child has on this day. */
export async function listStatuses(
  work: Work,
  _permit: Permit<'referral.make'>,
  child: ChildId,
  on: PlainDate,
): Promise<readonly string[]> {
  const rows = await work.tx.run<{ status: string }>(statusesNow, [work.school.id, child, on])
  return rows.map(({ status }) => status)
}

const pending = {
  name: 'referral_pending',
  text: `select id from referral where school_id = $1 and concern_id = $2 and child_id = $3 and agency = $4 and consent = 'to-ask' and state <> 'concluded' order by opened_at, id limit 1`,
}

/** The referral of this child to this agency that a decision opened and nobody has filled in. */
export async function findPending(
  work: Work,
  _permit: Permit<'referral.make'>,
  concern: ConcernId,
  what: Pick<NewReferral, 'childId' | 'agency'>,
): Promise<ReferralId | undefined> {
  const [row] = await work.tx.run<{ id: ReferralId }>(pending, [work.school.id, concern, what.childId, what.agency])
  return row?.id
}

const fillIn = {
  name: 'referral_fill_in',
  text: `with filled as (update referral set authority = r.authority, destination = r.destination, destination_contact = r."destinationContact", consent = r.consent, consent_says = r."consentSays", urgent = r.urgent, channel = r.channel, attached = r.attached, needed_on = r."neededOn"
      from jsonb_to_record($3::jsonb) as r (id uuid, authority text, destination text, "destinationContact" text, consent text, "consentSays" text, urgent boolean, channel text, attached text, "neededOn" date) where referral.school_id = $1 and referral.id = r.id)
    insert into referral_event (school_id, id, referral_id, kind, at, recorded_at, by_id, says, excluded)
    select $1, r."eventId", r.id, 'decided', $2, $2, r.by, r.asks, $4 from jsonb_to_record($3::jsonb) as r ("eventId" uuid, id uuid, by uuid, asks text)`,
}

/** What was asked when a decision opened the referral: to whom, whether the parents agree, what is asked for. */
export async function saveFilledIn(
  work: Work,
  _permit: Permit<'referral.make'>,
  concern: { readonly excluded: readonly AdultId[] },
  row: NewReferral & { readonly id: ReferralId; readonly eventId: string; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(fillIn, [work.school.id, work.now, JSON.stringify(row), concern.excluded])
}

const learnHome = {
  name: 'referral_learn_home',
  text: `update child set home_authority = coalesce(home_authority, $3), locality = coalesce(locality, $4) where school_id = $1 and id = $2`,
}

/** Keeps the home that whoever refers has said, where none was known. */
export async function saveHome(
  work: Work,
  _permit: Permit<'referral.make'>,
  child: ChildId,
  authority: string,
  locality: string | null,
): Promise<void> {
  await work.tx.run(learnHome, [work.school.id, child, authority, locality])
}

const addEvent = {
  name: 'referral_event_add',
  text: `with changed as (update referral set state = $3, reference = coalesce(nullif($4, ''), reference), stage = $5, follow_up_on = coalesce($16::date, follow_up_on) where school_id = $1 and id = $2)
    insert into referral_event (school_id, id, referral_id, kind, at, recorded_at, by_id, with_whom, outcome, says, reporter_id, excluded, place_risks, attached, unwritten_because)
    values ($1, $6, $2, $7, $8, $9, $10, nullif($11, ''), nullif($12, ''), $13, $14, $15, nullif($17, ''), nullif($18, ''), nullif($19, ''))`,
}

/** Adds a step and moves the referral to where it then stands. */
export async function insertStep(
  work: Work,
  _permit: Permit<'referral.make'>,
  referral: Pick<Referral, 'id' | 'excluded'>,
  after: {
    readonly state: ReferralState
    readonly reference: string
    readonly stage: number
    readonly followUpOn: string | null
  },
  event: EventRow,
): Promise<void> {
  await work.tx.run(addEvent, [
    work.school.id,
    referral.id,
    after.state,
    after.reference,
    after.stage,
    event.id,
    event.kind,
    event.at,
    work.now,
    event.by,
    event.withWhom,
    event.outcome,
    event.says,
    event.reporterId,
    referral.excluded,
    after.followUpOn,
    event.placeRisks,
    event.attached,
    event.unwrittenBecause.trim(),
  ])
}

const endTasks = {
  name: 'referral_tasks_end',
  text: `with changed as (update referral set chase_at = $3, answer_due_on = $4 where school_id = $1 and id = $2)
    update action set done_at = $5, done_by = $6, outcome = $7, dropped = asks = any ($9)
    where school_id = $1 and referral_id = $2 and done_at is null and (asks = any ($8) or asks = any ($9))`,
}

const openTasks = {
  name: 'referral_tasks_open',
  text: `insert into action (school_id, id, concern_id, child_id, referral_id, asks, says, owner_id, due_on, set_at, set_by, excluded)
    select $1, t.id, r.concern_id, r.child_id, r.id, t.asks, t.says, $4, t."dueOn", $3, $4, r.excluded
    from referral r, jsonb_to_recordset($5::jsonb) as t (id uuid, asks text, says text, "dueOn" date) where r.school_id = $1 and r.id = $2`,
}

/** What follows a step; travels with the next statement. */
export function saveFollowing(
  work: Work,
  _permit: Permit<'referral.make'>,
  referral: Pick<Referral, 'id'>,
  following: Following,
  step: { readonly by: AdultId; readonly says: string; readonly newId: <Id extends string>() => Id },
): void {
  work.tx.later(endTasks, [
    work.school.id,
    referral.id,
    following.chaseAt,
    following.answerDueOn,
    work.now,
    step.by,
    step.says,
    following.does,
    following.drops,
  ])
  if (following.opens.length === 0) return
  const tasks = following.opens.map(task => ({ id: step.newId<ActionId>(), ...task }))
  work.tx.later(openTasks, [work.school.id, referral.id, work.now, step.by, JSON.stringify(tasks)])
}

const times = {
  name: 'referral_times',
  text: `select r.id, k.given_name || ' ' || k.family_name as "childName", k.class_name as "className", r.agency, r.destination,
      coalesce(r.needed_on, (r.opened_at at time zone 'Europe/London')::date) as "neededOn",
      (select (min(e.at) at time zone 'Europe/London')::date from referral_event e where e.school_id = $1 and e.referral_id = r.id and e.kind in ('phoned', 'written')) as "sentOn",
      (select (min(e.at) at time zone 'Europe/London')::date from referral_event e where e.school_id = $1 and e.referral_id = r.id and e.kind = 'answered') as "answeredOn"
    from referral r join child k on k.school_id = $1 and k.id = r.child_id
    where r.school_id = $1 and ${notShutOut('r')} and not coalesce(scope_adult() = any (k.tied), false) and (r.opened_at >= $2 or r.state <> 'concluded')
    order by r.opened_at desc, r.id desc limit $3`,
}

/** Referrals with the days on which the help was needed, asked for and answered: those since this moment, and every one that is open. */
export function listTimes(work: Work, _permit: Permit<'referral.times'>, since: Instant, max: number): Promise<ReferralTimes[]> {
  return work.tx.run<ReferralTimes>(times, [work.school.id, since, max])
}
