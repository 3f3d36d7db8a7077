import { type RawBuilder, sql } from 'kysely'
import type { Permit } from '../../access/index.ts'
import type { SubjectFacts } from '../../access/policy.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { utcText } from '../../platform/sql-text.ts'
import { clocksOfReporter } from '../../policy/clocks.ts'
import type { Work } from '../../work/work.ts'
import { adviceOf } from '../advice/index.ts'
import { emergencyCallsOf, familyContactsOf } from '../contacts-made/index.ts'
import { stepsOf } from '../pathways/index.ts'
import type { Citation, ConcernChange, ConcernFacts, NewClosure, NewDecision, NewParentContact, NewTriage } from './model.ts'

const lock = {
  name: 'triage_concern_lock',
  text: 'select id from concern where school_id = $1 and id = any ($2) order by id for update',
}

/**
 * Holds the concerns until the transaction ends. A statement of its own: what follows must be read after the wait, not with
 * the picture from before it.
 */
export async function lockConcerns(work: Work, ids: readonly ConcernId[]): Promise<void> {
  await work.tx.run(lock, [work.school.id, ids])
}

const facts = {
  name: 'triage_concern_facts',
  text: `select jsonb_build_object(
    'id', c.id, 'reference', c.reference, 'state', c.state, 'excluded', to_jsonb(c.excluded), 'readers', to_jsonb(c.readers),
    'reporterId', c.reporter_id, 'writtenBy', c.written_by, 'ownerId', c.owner_id, 'urgent', c.urgent, 'stub', c.stub, 'category', c.category,
    'prompts', to_jsonb(c.prompts), 'happenedOn', c.happened_on, 'happenedAtTime', c.happened_at_time,
    'recordedAt', ${utcText('c.recorded_at')},
    'acknowledgedAt', ${utcText('c.acknowledged_at')},
    'ownerName', (select name from adult where school_id = $1 and id = c.owner_id),
    'acknowledgedBy', (select name from adult where school_id = $1 and id = c.acknowledged_by),
    'children', (select coalesce(jsonb_agg(jsonb_build_object('childId', k.id, 'givenName', k.given_name, 'familyName', k.family_name, 'knownAs', k.known_as,
        'className', k.class_name, 'yearGroup', k.year_group, 'born', k.born, 'standing', k.standing, 'description', k.description, 'involvement', x.involvement,
        'movedTo', x.moved_to, 'homeAuthority', k.home_authority, 'locality', k.locality, 'leavesAt', k.leaves_at, 'tied', to_jsonb(k.tied))
        order by x.involvement = 'subject' desc, k.family_name, k.given_name, k.id), '[]')
      from concern_child x join child k on k.school_id = $1 and k.id = x.child_id where x.school_id = $1 and x.concern_id = c.id),
    'adultAlleged', exists (select from concern_adult x where x.school_id = $1 and x.concern_id = c.id and x.involvement = 'alleged' and x.adult_id is not null),
    'adultsAtRisk', (select coalesce(jsonb_agg(x.name order by x.n), '[]') from concern_adult x where x.school_id = $1 and x.concern_id = c.id and x.involvement = 'at-risk'),
    'triage', (select jsonb_build_object('at', ${utcText('t.at')}, 'byName', a.name, 'immediateRisk', t.immediate_risk,
        'safeToGoHome', t.safe_to_go_home, 'medical', t.medical, 'police', t.police, 'urgentSays', t.urgent_says, 'categories', to_jsonb(t.categories), 'mainCategory', t.main_category,
        'framework', t.framework, 'levelId', t.level_id, 'levelPosition', t.level_position, 'rationale', t.rationale)
      from triage t join adult a on a.school_id = $1 and a.id = t.by_id where t.school_id = $1 and t.concern_id = c.id order by t.at desc, t.id desc limit 1),
    'triages', (select count(*) from triage where school_id = $1 and concern_id = c.id),
    'decisions', (select count(*) from decision where school_id = $1 and concern_id = c.id),
    'closures', (select count(*) from closure where school_id = $1 and concern_id = c.id),
    'latestDecision', (select jsonb_build_object('choice', d.choice, 'at', ${utcText('d.at')}, 'byName', a.name)
      from decision d join adult a on a.school_id = $1 and a.id = d.by_id where d.school_id = $1 and d.concern_id = c.id order by d.at desc, d.id desc limit 1),
    'referrals', (select count(*) from referral where school_id = $1 and concern_id = c.id and not direct),
    'clocks', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'says', k.says, 'referralId', k.referral_id,
        'dueAt', ${utcText('k.due_at')}) order by k.due_at nulls last, k.id), '[]')
      from clock k where k.school_id = $1 and k.concern_id = c.id and k.met_at is null and k.ended_at is null),
    'openActions', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'says', n.says, 'ownerName', a.name, 'dueOn', n.due_on) order by n.due_on, n.id), '[]')
      from action n join adult a on a.school_id = $1 and a.id = n.owner_id where n.school_id = $1 and n.concern_id = c.id and n.done_at is null),
    'openReferrals', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'agency', r.agency, 'destination', r.destination) order by r.opened_at, r.id), '[]')
      from referral r where r.school_id = $1 and r.concern_id = c.id and r.state <> 'concluded'),
    'parentsAnswered', (select coalesce(jsonb_agg(distinct p.child_id), '[]') from parent_contact p
      where p.school_id = $1 and p.concern_id = c.id and p.outcome in ('told', 'not-told'))
    , 'steps', ${stepsOf('c.id')}, 'emergencyCalls', ${emergencyCallsOf('c.id')}, 'familyContacts', ${familyContactsOf('c.id')}, 'advice', ${adviceOf('c.id')}
    ) as facts
    from concern c where c.school_id = $1 and c.id = $2`,
}

/** What the rules ask about a concern. Before the permit: it is what the permit is asked with; nothing of it is shown without one. */
export async function findConcernFacts(work: Work, id: ConcernId): Promise<ConcernFacts | undefined> {
  const [row] = await work.tx.run<{ facts: ConcernFacts }>(facts, [work.school.id, id])
  return row?.facts
}

/** What the access policy asks about a concern. */
export function subjectOf(
  work: Work,
  concern: Pick<ConcernFacts, 'id' | 'excluded' | 'readers' | 'reporterId' | 'writtenBy'>,
): SubjectFacts {
  return {
    schoolId: work.school.id,
    id: concern.id,
    excluded: concern.excluded,
    readers: concern.readers,
    reporterId: concern.reporterId ?? undefined,
    writtenBy: concern.writtenBy ?? undefined,
  }
}

export type TeamPermit = Permit<
  | 'concern.acknowledge'
  | 'concern.triage'
  | 'concern.decide'
  | 'concern.add-to'
  | 'concern.tell-reporter'
  | 'reply.record'
  | 'concern.move'
  | 'concern.link'
  | 'concern.close'
  | 'concern.reopen'
  | 'concern.amend'
  | 'parents.record'
  | 'parents.lift-hold'
  | 'referral.make'
  | 'arrangement.make'
  | 'action.set'
  | 'action.finish'
>

// One statement for all that a step changes about the concern, so that a command is a handful of round trips.
const change = {
  name: 'triage_concern_change',
  text: `with
  changed as (update concern set state = coalesce($3::jsonb ->> 'state', state),
      urgent = urgent or $3::jsonb ? 'raises', urgent_raised_at = case when $3::jsonb ? 'raises' and not urgent then $4 else urgent_raised_at end,
      owner_id = case when $3::jsonb ? 'ownerId' then ($3::jsonb ->> 'ownerId')::uuid else owner_id end,
      next_look_at = case when $3::jsonb ? 'nextLookAt' then ($3::jsonb ->> 'nextLookAt')::timestamptz else next_look_at end,
      acknowledged_at = case when $3::jsonb ? 'acknowledges' then coalesce(acknowledged_at, $4) else acknowledged_at end,
      acknowledged_by = case when $3::jsonb ? 'acknowledges' then coalesce(acknowledged_by, $5) else acknowledged_by end
    where school_id = $1 and id = $2),
  clocks as (update clock set
      met_at = case when name in (select jsonb_array_elements_text($3::jsonb -> 'meets')) and ($3::jsonb ->> 'referralId' is null or referral_id = ($3::jsonb ->> 'referralId')::uuid)
        then coalesce(($3::jsonb ->> 'metAt')::timestamptz, $4) else met_at end,
      ended_at = case when id::text in (select jsonb_array_elements_text($3::jsonb -> 'ends')) then $4 else ended_at end,
      owner_id = case when $3::jsonb ->> 'ownerId' is not null and name <> all ($7) then ($3::jsonb ->> 'ownerId')::uuid else owner_id end
    where school_id = $1 and concern_id = $2 and met_at is null and ended_at is null
      and ($3::jsonb ? 'meets' or $3::jsonb ? 'ends' or $3::jsonb ? 'ownerId')),
  looked as (update alert set seen_at = $4 where school_id = $1 and concern_id = $2 and adult_id = $5 and seen_at is null and $3::jsonb ? 'acknowledges'),
  started as (insert into clock (school_id, id, name, rule, says, source, standing, concern_id, referral_id, owner_id, basis_at, duration_unit, duration_count, due_at, met_at, excluded)
    select $1, c.id, c.name, c.rule, c.says, c.source, c.standing, $2, ($3::jsonb ->> 'referralId')::uuid, c."ownerId", c."basisAt", c."durationUnit", c."durationCount", c."dueAt",
      c."metAt", $6
    from jsonb_to_recordset($3::jsonb -> 'starts') as c (id uuid, name text, rule text, says text, source text, standing text, "ownerId" uuid, "basisAt" timestamptz,
      "durationUnit" text, "durationCount" integer, "dueAt" timestamptz, "metAt" timestamptz)),
  alerts as (insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, seen_at, excluded)
    select $1, a.id, $2, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $4, a."seenAt", array_remove($6::uuid[], a."adultId")
    from jsonb_to_recordset($3::jsonb -> 'alerts') as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text, "seenAt" timestamptz))
  insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, referral_id, note_id, involvement, categories, excluded)
    select $1, e.id, e."childId", e.kind, e.heading, e."happenedOn", e."happenedAtTime", $4, $5, $2, e."referralId", e."noteId", e.involvement, e.categories, $6
    from jsonb_to_recordset($3::jsonb -> 'entries') as e (id uuid, "childId" uuid, kind text, heading text, "happenedOn" date, "happenedAtTime" text, "referralId" uuid, "noteId" uuid,
      involvement text, categories text[])`,
}

/** Writes what a step changes, with the concern's exclusions on every row. */
export async function saveConcernChange(
  work: Work,
  permit: TeamPermit,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  what: ConcernChange,
): Promise<void> {
  const { acknowledges, raises, ...rest } = what
  await work.tx.run(change, [
    work.school.id,
    concern.id,
    JSON.stringify({
      starts: [],
      alerts: [],
      entries: [],
      ...rest,
      ...(acknowledges ? { acknowledges } : {}),
      ...(raises ? { raises } : {}),
    }),
    work.now,
    permit.someone.kind === 'adult' ? permit.someone.adultId : null,
    concern.excluded,
    clocksOfReporter,
  ])
}

interface Row {
  readonly id: string
  readonly by: AdultId
}

/** The marks of the day, as they stand while the triage is saved: the register may be corrected later. */
function registrationOf(work: Work, concern: Pick<ConcernFacts, 'id'>): RawBuilder<string> {
  return sql<string>`(select coalesce(jsonb_agg(jsonb_build_object('childId', m.child_id, 'mark', m.mark, 'atTime', m.at_time, 'says', m.says) order by m.child_id), '[]')
    from attendance_mark m join concern_child x on x.school_id = ${work.school.id} and x.concern_id = ${concern.id} and x.child_id = m.child_id and x.moved_to is null
    where m.school_id = ${work.school.id} and m.on_day = ${localDate(work.now)})`
}

export async function insertTriage(
  work: Work,
  _permit: Permit<'concern.triage'>,
  concern: ConcernFacts,
  row: Row & NewTriage & { readonly levelPosition: number; readonly edition: string },
): Promise<void> {
  await work.tx.db
    .insertInto('triage')
    .values({
      school_id: work.school.id,
      id: row.id,
      concern_id: concern.id,
      at: work.now,
      by_id: row.by,
      immediate_risk: row.immediateRisk,
      safe_to_go_home: row.safeToGoHome,
      medical: row.medical,
      police: row.police,
      urgent_says: row.urgentSays,
      categories: [...row.categories],
      main_category: row.mainCategory ?? null,
      started_at: row.startedAt ?? null,
      registration: registrationOf(work, concern),
      framework: row.framework,
      level_id: row.levelId,
      level_position: row.levelPosition,
      rationale: row.rationale,
      policy_edition: row.edition,
      excluded: [...concern.excluded],
    })
    .execute()
}

export async function insertDecision(
  work: Work,
  _permit: Permit<'concern.decide'>,
  concern: ConcernFacts,
  row: Row & NewDecision & { readonly edition: string; readonly citation?: Citation | undefined },
): Promise<void> {
  await work.tx.db
    .insertInto('decision')
    .values({
      school_id: work.school.id,
      id: row.id,
      concern_id: concern.id,
      at: work.now,
      by_id: row.by,
      choice: row.choice,
      rationale: row.rationale,
      not_referring_because: row.notReferringBecause || null,
      advice_from: row.adviceFrom || null,
      considered: [...(row.considered ?? [])],
      framework: row.citation?.framework ?? null,
      level_id: row.citation?.levelId ?? null,
      threshold_title: row.citation?.threshold?.title ?? null,
      threshold_edition: row.citation?.threshold?.edition ?? null,
      threshold_under_review: row.citation?.threshold?.underReview ?? false,
      policy_edition: row.edition,
      excluded: [...concern.excluded],
    })
    .execute()
}

export async function insertParentContact(
  work: Work,
  _permit: Permit<'parents.record'>,
  concern: ConcernFacts,
  row: Row & NewParentContact,
): Promise<void> {
  await work.tx.db
    .insertInto('parent_contact')
    .values({
      school_id: work.school.id,
      id: row.id,
      concern_id: concern.id,
      child_id: row.childId,
      at: work.now,
      by_id: row.by,
      outcome: row.outcome,
      who: row.who || null,
      says: row.says,
      method: row.method || null,
      approved_by: row.approvedBy ?? null,
      advised_by: row.advice?.by ?? null,
      advised_role: row.advice?.role ?? null,
      advised_at: row.advice?.at ?? null,
      excluded: [...concern.excluded],
    })
    .execute()
}

export async function insertClosure(
  work: Work,
  _permit: Permit<'concern.close'>,
  concern: ConcernFacts,
  row: Row & NewClosure,
): Promise<void> {
  await work.tx.db
    .insertInto('closure')
    .values({
      school_id: work.school.id,
      id: row.id,
      concern_id: concern.id,
      closed_at: work.now,
      closed_by: row.by,
      summary: row.summary,
      outcome: row.outcome,
      rationale: row.rationale,
      excluded: [...concern.excluded],
    })
    .execute()
}

const reopen = {
  name: 'triage_reopen',
  text: 'update closure set reopened_at = $3, reopened_by = $4, reopened_because = $5 where school_id = $1 and concern_id = $2 and reopened_at is null',
}

export async function markReopened(
  work: Work,
  _permit: Permit<'concern.reopen'>,
  concern: ConcernFacts,
  by: AdultId,
  because: string,
): Promise<void> {
  await work.tx.run(reopen, [work.school.id, concern.id, work.now, by, because])
}

export async function insertAddendum(
  work: Work,
  _permit: Permit<'concern.add-to' | 'concern.tell-reporter'>,
  concern: ConcernFacts,
  row: Row & {
    readonly kind: 'team' | 'feedback'
    readonly says: string
    readonly salt: Buffer
    /** Whoever may read it though they are not of the team: the reporter, of what they are told. */
    readonly reporterId: AdultId | null
  },
): Promise<void> {
  await work.tx.db
    .insertInto('addendum')
    .values({
      school_id: work.school.id,
      id: row.id,
      concern_id: concern.id,
      author_id: row.by,
      at: work.now,
      kind: row.kind,
      says: row.says,
      salt: row.salt,
      reporter_id: row.reporterId,
      excluded: [...concern.excluded],
    })
    .execute()
}

const moveChild = {
  name: 'triage_move_child',
  text: `with moved as (update concern_child set moved_to = $4 where school_id = $1 and concern_id = $2 and child_id = $3),
    trace as (insert into concern_move (school_id, id, concern_id, from_child, to_child, at, by_id, reason, excluded) values ($1, $5, $2, $3, $4, $6, $7, $8, $9))
    insert into concern_child (school_id, concern_id, child_id, involvement, excluded, readers, reporter_id)
    select $1, $2, $4, $10, $9, $11, $12 on conflict (school_id, concern_id, child_id) do update set moved_to = null`,
}

/** Moves a concern between two children's files; the old row and the reason stay as the trace. */
export async function insertMove(
  work: Work,
  _permit: Permit<'concern.move'>,
  concern: ConcernFacts,
  row: Row & { readonly from: ChildId; readonly to: ChildId; readonly involvement: string; readonly reason: string },
): Promise<void> {
  await work.tx.run(moveChild, [
    work.school.id,
    concern.id,
    row.from,
    row.to,
    row.id,
    work.now,
    row.by,
    row.reason,
    concern.excluded,
    row.involvement,
    concern.readers,
    concern.writtenBy,
  ])
}

const exclude = { name: 'triage_exclude', text: 'select concern_exclude($1, $2)' }

/** Shuts adults out of a concern and of all that hangs on it. Last in a command: the actor may be one of them. */
export async function excludeFromConcern(work: Work, id: ConcernId, adults: readonly AdultId[]): Promise<void> {
  if (adults.length > 0) await work.tx.run(exclude, [id, adults])
}

const link = {
  name: 'triage_link',
  text: `insert into concern_link (school_id, concern_id, linked_id, at, by_id, reason, excluded)
    values ($1, $2, $3, $4, $5, $6, $7), ($1, $3, $2, $4, $5, $6, $7) on conflict do nothing returning concern_id`,
}

/** Links two reports of one event both ways; false where they were linked before. */
export async function insertLink(
  work: Work,
  _permit: Permit<'concern.link'>,
  row: {
    readonly a: ConcernId
    readonly b: ConcernId
    readonly by: AdultId
    readonly reason: string
    readonly excluded: readonly AdultId[]
  },
): Promise<boolean> {
  const rows = await work.tx.run(link, [work.school.id, row.a, row.b, work.now, row.by, row.reason, row.excluded])
  return rows.length > 0
}
