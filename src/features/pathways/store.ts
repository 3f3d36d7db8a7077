import type { Actor, Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Agency } from '../../policy/clocks.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type { KeptStep, StepAnswer, StepEventKind, SteppedConcern, StepToOpen } from './model.ts'
import type { OpenedReferral } from './referrals-opened.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

const eventsOf = `(select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'at', ${utcText('e.at')}, 'byId', e.by_id, 'byName', ${nameOf('e.by_id')}, 'withWhom', e.with_whom,
    'reference', e.reference, 'says', e.says, 'adultName', ${nameOf('e.adult_id')}, 'holds', e.holds) order by e.recorded_at, e.at, e.id), '[]')
  from pathway_event e where e.school_id = $1 and e.step_id = s.id)`

const stepRow = `jsonb_build_object('id', s.id, 'pathway', s.pathway, 'step', s.step, 'does', s.does, 'source', s.source, 'standing', s.standing, 'agency', s.agency,
  'personalTo', s.personal_to, 'personalName', ${nameOf('s.personal_to')}, 'consultedId', s.consulted_id, 'consultedName', ${nameOf('s.consulted_id')}, 'openedAt', ${utcText('s.opened_at')}, 'dueAt', ${utcText('s.due_at')},
  'settledAt', ${utcText('s.settled_at')}, 'settled', s.settled, 'events', ${eventsOf})`

/** SQL: the steps of a concern that the reader may see, for a statement with the school as $1. */
export const stepsOf = (concern: string) =>
  `(select coalesce(jsonb_agg(${stepRow} order by s.settled_at is not null, s.due_at nulls last, s.opened_at, s.pathway, s.id), '[]')
    from pathway_step s where s.school_id = $1 and s.concern_id = ${concern})`

type AnyPermit = Permit<
  | 'concern.record'
  | 'concern.triage'
  | 'concern.decide'
  | 'concern.read'
  | 'referral.make'
  | 'referral.direct'
  | 'agency-call.own'
  | 'agency-call.record'
  | 'pathway.answer'
  | 'pathway.answer-own'
  | 'consultation.answer'
  | 'parents.lift-hold'
>

const open = {
  name: 'pathway_open',
  text: `insert into pathway_step (school_id, id, concern_id, pathway, step, does, rule, source, standing, agency, personal_to, consulted_id, child_ids, opened_at, due_at, late_at, reporter_id, excluded)
    select $1, s.id, $2, s.pathway, s.step, s.does, s.rule, s.source, s.standing, s.agency, s."personalTo", s."consultedId", coalesce(s."childIds", '{}'), s."openedAt", s."dueAt", s."lateAt", $4, $5
    from jsonb_to_recordset($3::jsonb) as s (id uuid, pathway text, step text, does text, rule text, source text, standing text, agency text, "personalTo" uuid, "consultedId" uuid, "childIds" uuid[], "openedAt" timestamptz,
      "dueAt" timestamptz, "lateAt" timestamptz)`,
}

/** Opens steps; travels with the next statement. */
export function insertSteps(
  work: Work,
  _permit: AnyPermit,
  concern: SteppedConcern & { readonly reporterId: AdultId | null },
  steps: readonly StepToOpen[],
): void {
  if (steps.length > 0)
    work.tx.later(open, [work.school.id, concern.id, JSON.stringify(steps), concern.reporterId, concern.excluded])
}

const list = { name: 'pathway_list', text: `select ${stepsOf('$2')} as steps` }

export async function listSteps(work: Work, _permit: AnyPermit, concern: ConcernId): Promise<readonly KeptStep[]> {
  const [row] = await work.tx.run<{ steps: KeptStep[] }>(list, [work.school.id, concern])
  return row?.steps ?? []
}

const one = {
  name: 'pathway_one',
  text: `select s.concern_id as "concernId", c.reference, s.excluded, ${stepRow} as step from pathway_step s join concern c on c.school_id = $1 and c.id = s.concern_id
    where s.school_id = $1 and s.id = $2`,
}

export interface FoundStep {
  readonly concernId: ConcernId
  readonly reference: string
  readonly excluded: readonly AdultId[]
  readonly step: KeptStep
}

/** A step. Before the permit, which is asked with whose it is; nothing is shown without one. */
export async function findStepById(work: Work, id: string): Promise<FoundStep | undefined> {
  const [row] = await work.tx.run<FoundStep>(one, [work.school.id, id])
  return row
}

const add = {
  name: 'pathway_event_add',
  text: `with settled as (update pathway_step set settled_at = $4, settled = $5, late_at = null where school_id = $1 and id = $3 and $5::text is not null)
    insert into pathway_event (school_id, id, concern_id, step_id, kind, at, recorded_at, by_id, with_whom, reference, says, adult_id, holds, reporter_id, excluded)
    values ($1, $6, $2, $3, $7, $4, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
}

/** Writes what was done about a step, and settles it where that does. */
export async function insertStepEvent(
  work: Work,
  _permit: AnyPermit,
  concern: SteppedConcern,
  step: Pick<KeptStep, 'id' | 'personalTo' | 'consultedId'>,
  row: Omit<StepAnswer, 'kind'> & {
    readonly id: string
    readonly kind: StepEventKind
    readonly by: AdultId
    readonly settles: 'done' | 'not-done' | null
  },
): Promise<void> {
  await work.tx.run(add, [
    work.school.id,
    concern.id,
    step.id,
    row.at,
    row.settles,
    row.id,
    row.kind,
    work.now,
    row.by,
    row.withWhom,
    row.reference,
    row.says,
    row.adultId,
    row.holds,
    step.personalTo ?? (step.consultedId === row.by ? row.by : null),
    concern.excluded,
  ])
}

const involved = {
  name: 'pathway_involved',
  text: `select array(select adult_id from concern_adult where school_id = $1 and concern_id = $2 and adult_id is not null union
      select unnest(array[reporter_id, written_by] || excluded) from concern where school_id = $1 and id = $2) as adults`,
}

/** Everybody of the school who is part of the matter: named in it, its writer, or outside it. */
export async function listInvolved(
  work: Work,
  _permit: Permit<'pathway.answer'>,
  concern: ConcernId,
): Promise<readonly AdultId[]> {
  const [row] = await work.tx.run<{ adults: (AdultId | null)[] }>(involved, [work.school.id, concern])
  return (row?.adults ?? []).filter(adult => adult !== null)
}

const late = {
  name: 'pathway_late',
  text: `select s.id, s.concern_id as "concernId", s.pathway, s.step, s.does, s.source, s.told_times as "toldTimes", ${utcText('s.late_at')} as "lateAt", s.personal_to as "personalTo"
    from pathway_step s join concern c on c.school_id = $1 and c.id = s.concern_id and c.state <> 'closed'
    where s.school_id = $1 and s.settled_at is null and s.late_at is not null and s.late_at <= $2 order by s.late_at, s.id`,
}

export interface LateStep {
  readonly id: string
  readonly concernId: ConcernId
  readonly pathway: string
  readonly step: string
  readonly does: string
  readonly source: string
  readonly toldTimes: number
  readonly lateAt: Instant
  readonly personalTo: AdultId | null
}

/** Steps that were not done in time and of which somebody is to be told now. */
export function listLate(work: Work, _permit: Permit<'alert.tell'>): Promise<LateStep[]> {
  return work.tx.run<LateStep>(late, [work.school.id, work.now])
}

const told = {
  name: 'pathway_told',
  text: `update pathway_step set told_times = told_times + 1, late_at = t."next" from jsonb_to_recordset($2::jsonb) as t (id uuid, "next" timestamptz)
    where pathway_step.school_id = $1 and pathway_step.id = t.id and pathway_step.settled_at is null`,
}

/** Notes that those who hear of it were told, and when they are told again. */
export function saveTold(
  work: Work,
  _permit: Permit<'alert.tell'>,
  steps: readonly { readonly id: string; readonly next: Instant | null }[],
): void {
  if (steps.length > 0) work.tx.later(told, [work.school.id, JSON.stringify(steps)])
}

const hold = {
  name: 'pathway_hold',
  text: `insert into parent_hold (school_id, id, concern_id, question, option, set_at, reporter_id, excluded)
    select $1, $3, $2, 'pathway', $4, $5, $6, $7 where not exists (select from parent_hold h where h.school_id = $1 and h.concern_id = $2)`,
}

/** Holds back speaking with the parents, unless an earlier hold did; travels with the next statement. */
export function insertPathwayHold(
  work: Work,
  _permit: AnyPermit,
  concern: SteppedConcern & { readonly reporterId: AdultId | null },
  row: { readonly id: string; readonly pathway: string },
): void {
  work.tx.later(hold, [work.school.id, concern.id, row.id, row.pathway, work.now, concern.reporterId, concern.excluded])
}

const flag = {
  name: 'pathway_retention_flag',
  text: `insert into retention_flag (school_id, id, concern_id, child_id, bears_on, set_at, excluded)
    select $1, gen_random_uuid(), $2, k.child_id, $3, $4, $5 from concern_child k where k.school_id = $1 and k.concern_id = $2 and k.moved_to is null
      and k.involvement in ('subject', 'alleged') on conflict do nothing`,
}

/** Marks the records of the children harmed and of those said to have harmed; travels with the next statement. */
export function insertFlags(work: Work, _permit: AnyPermit, concern: SteppedConcern, bearsOn: string): void {
  work.tx.later(flag, [work.school.id, concern.id, bearsOn, work.now, concern.excluded])
}

const lock = {
  name: 'pathway_lock_attachments',
  text: 'update concern set attachments_locked = true where school_id = $1 and id = $2 and not attachments_locked',
}

/** From now on nothing is attached; travels with the next statement. */
export function saveLocked(work: Work, _permit: AnyPermit, concern: ConcernId): void {
  work.tx.later(lock, [work.school.id, concern])
}

const receipt = { name: 'pathway_keep_receipt', text: 'select concern_keep_receipt($1)' }

/** Leaves the writer a receipt; travels with the next statement. */
export function keepReceipt(work: Work, _permit: Permit<'concern.record'>, concern: ConcernId): void {
  work.tx.later(receipt, [concern])
}

const standing = {
  name: 'pathway_hold_standing',
  text: `select option as pathway from parent_hold where school_id = $1 and concern_id = $2 and question = 'pathway' and lifted_at is null`,
}

/** The pathway by which speaking with the parents is held back now; undefined where none does. */
export async function findPathwayHold(work: Work, _permit: AnyPermit, concern: ConcernId): Promise<string | undefined> {
  const [row] = await work.tx.run<{ pathway: string }>(standing, [work.school.id, concern])
  return row?.pathway
}

const pickable = {
  name: 'pathway_pickable',
  text: `select a.id as "adultId", a.name, array_agg(p.role) as roles from appointment p join adult a on a.school_id = $1 and a.id = p.adult_id
    where p.school_id = $1 and p.role = any ($3) and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2) group by a.id, a.name order by a.name`,
}

/** Who holds one of these posts now. */
export function listHolders(
  work: Work,
  _permit: Permit<'pathway.answer'>,
  roles: readonly RoleId[],
): Promise<{ adultId: AdultId; name: string; roles: RoleId[] }[]> {
  return work.tx.run(pickable, [work.school.id, work.now, roles])
}

const meet = {
  name: 'pathway_clock_meet',
  text: `update clock set met_at = $4 where school_id = $1 and concern_id = $2 and name = $3 and met_at is null and ended_at is null and ($5::uuid is null or owner_id = $5)`,
}

/** Meets the policy's clock that a step answers; one that is somebody's in person is met for them alone. */
export async function meetClock(
  work: Work,
  _permit: AnyPermit,
  concern: ConcernId,
  clock: string,
  owner: AdultId | null,
  at: Instant,
): Promise<void> {
  await work.tx.run(meet, [work.school.id, concern, clock, at, owner])
}

const statuses = {
  name: 'pathway_statuses',
  text: `select array(select distinct jsonb_array_elements_text(child_rule_facts(c, $2)->'statuses') from unnest($1::uuid[]) c) as statuses`,
}

/** The statuses of these children on a day. Never shown: what they open is. */
export async function listStatuses(work: Work, children: readonly ChildId[], on: PlainDate): Promise<readonly string[]> {
  const [row] = await work.tx.run<{ statuses: string[] }>(statuses, [children, on])
  return row?.statuses ?? []
}

const bringIn = {
  name: 'pathway_bring_in',
  text: `insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at, child_id, rule, role)
    select $1, t.id, t."adultId", 'pupil', t.urgent, t.says, t.source, t.link, $3, t."childId", t.rule, t.role
    from jsonb_to_recordset($2::jsonb) as t (id uuid, "adultId" uuid, urgent boolean, says text, source text, link text, "childId" uuid, rule text, role text)`,
}

export interface BroughtIn {
  readonly id: string
  readonly adultId: AdultId
  readonly role: RoleId
  readonly urgent: boolean
  readonly says: string
  readonly source: string
  readonly link: string
  readonly childId: ChildId
  readonly rule: string
}

/** Tells whoever is brought in; travels with the next statement. */
export function insertBroughtIn(work: Work, _permit: AnyPermit, told: readonly BroughtIn[]): void {
  if (told.length > 0) work.tx.later(bringIn, [work.school.id, JSON.stringify(told), work.now])
}

const consulted = {
  name: 'pathway_consulted',
  text: `select s.concern_id as "concernId", s.excluded, s.consulted_id as "consultedId", ${stepRow} as step,
      array(select trim(c.given_name || ' ' || c.family_name) from child c where c.school_id = $1 and c.id = any (s.child_ids) order by 1) as children
    from pathway_step s where s.school_id = $1 and s.id = $2 and s.consulted_id is not null`,
}

export interface Consultation {
  readonly concernId: ConcernId
  readonly excluded: readonly AdultId[]
  readonly consultedId: AdultId
  readonly step: KeptStep
  readonly children: readonly string[]
}

/** What a colleague is brought in for, with the children's names and nothing else of the concern. Before the permit. */
export async function findConsultation(work: Work, id: string): Promise<Consultation | undefined> {
  const [row] = await work.tx.run<Consultation>(consulted, [work.school.id, id])
  return row
}

const standingReferrals = {
  name: 'pathway_standing_referrals',
  text: `select agency, child_id as "childId" from referral where school_id = $1 and concern_id = $2 and state <> 'concluded'`,
}

export function listStandingReferrals(
  work: Work,
  _permit: Permit<'concern.decide'>,
  concern: ConcernId,
): Promise<{ agency: Agency; childId: ChildId }[]> {
  return work.tx.run(standingReferrals, [work.school.id, concern])
}

const openedRecord = `jsonb_to_recordset($3::jsonb) as r (id uuid, "eventId" uuid, "entryId" uuid, "childId" uuid, involvement text, agency text, authority text, destination text, "destinationContact" text, rule text, heading text)`
const openReferralRows = {
  name: 'pathway_open_referrals',
  text: `with made as (insert into referral (school_id, id, concern_id, child_id, agency, authority, destination, destination_contact, consent, state, opened_at, opened_by, opened_by_rule, excluded)
      select $1, r.id, $2, r."childId", r.agency, r.authority, r.destination, r."destinationContact", 'to-ask', 'decided', $4, $5, r.rule, $6 from ${openedRecord}),
    written as (insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, referral_id, involvement, excluded)
      select $1, r."entryId", r."childId", 'referral', r.heading, $7, $8, $4, $5, $2, r.id, r.involvement, $6 from ${openedRecord})
    insert into referral_event (school_id, id, referral_id, kind, at, recorded_at, by_id, says, excluded) select $1, r."eventId", r.id, 'decided', $4, $4, $5, '', $6 from ${openedRecord}`,
}

/** The referrals that a decision opens, with their first line; travels with the next statement. */
export function insertOpenedReferrals(
  work: Work<Actor>,
  _permit: Permit<'concern.decide'>,
  concern: SteppedConcern,
  referrals: readonly OpenedReferral[],
  on: { readonly date: string; readonly time: string },
): void {
  if (referrals.length === 0) return
  const { id, excluded } = concern
  work.tx.later(openReferralRows, [
    work.school.id,
    id,
    JSON.stringify(referrals),
    work.now,
    work.someone.adultId,
    excluded,
    on.date,
    on.time,
  ])
}
