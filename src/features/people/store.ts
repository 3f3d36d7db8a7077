import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import { sessionIdleMinutes } from '../../web/http/server.ts'
import type { Work } from '../../work/work.ts'
import { householdOf } from '../household/index.ts'
import type {
  AccountUse,
  AdultFacts,
  AdultRecord,
  Appointment,
  ChildAddress,
  ChildContact,
  ChildFacts,
  ChildRecord,
  ChildStatus,
  FoundChild,
  Leaver,
  ListedAdult,
  ListedChildren,
  OwnConcernAbout,
  Standing,
  TieKind,
} from './model.ts'

// ---- children

const childNamed = `'id', c.id, 'givenName', c.given_name, 'familyName', c.family_name, 'yearGroup', c.year_group, 'className', c.class_name, 'standing', c.standing`

const childRecord = {
  name: 'people_child_record',
  text: `select jsonb_build_object('id', c.id, 'givenName', c.given_name, 'familyName', c.family_name, 'knownAs', c.known_as, 'born', c.born,
      'yearGroup', c.year_group, 'className', c.class_name, 'standing', c.standing, 'otherSchool', c.other_school, 'description', c.description,
      'homeAuthority', c.home_authority, 'locality', c.locality, 'leavesAt', c.leaves_at, 'tied', to_jsonb(c.tied), 'household', ${householdOf('$2')},
      'contacts', (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'relation', k.relation, 'phone', k.phone, 'email', k.email,
          'priority', k.priority, 'barred', k.barred, 'barredReason', case when scope_opens_files() then k.barred_reason end) order by k.barred, k.priority, k.name), '[]')
        from child_contact k where k.school_id = c.school_id and k.child_id = c.id and (k.ends_at is null or k.ends_at > $3)),
      'addresses', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'address', a.address, 'says', a.says, 'startsOn', a.starts_on, 'endsOn', a.ends_on)
          order by a.ends_on desc nulls first, a.starts_on desc), '[]')
        from child_address a where a.school_id = c.school_id and a.child_id = c.id),
      'statuses', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'status', t.status, 'startsOn', t.starts_on, 'endsOn', t.ends_on, 'authority', t.authority,
          'workerName', t.worker_name, 'workerPhone', t.worker_phone) order by t.ends_on desc nulls first, t.starts_on desc), '[]')
        from child_status t where t.school_id = c.school_id and t.child_id = c.id),
      'siblings', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'givenName', o.given_name, 'familyName', o.family_name, 'yearGroup', o.year_group,
          'className', o.class_name, 'standing', o.standing) order by o.given_name), '[]')
        from sibling s join child o on o.school_id = s.school_id and o.id = s.sibling_id where s.school_id = c.school_id and s.child_id = c.id
          and (o.standing not in ('not-on-roll', 'unidentified') or scope_opens_files())),
      'ties', (select coalesce(jsonb_agg(jsonb_build_object('adultId', t.adult_id, 'name', a.name, 'kind', t.kind) order by a.name), '[]')
        from tie t join adult a on a.school_id = t.school_id and a.id = t.adult_id
        where t.school_id = c.school_id and t.child_id = c.id and t.starts_at <= $3 and (t.ends_at is null or t.ends_at > $3))) as record
    from child c where c.school_id = $1 and c.id = $2`,
}

/** A child with all that this scope may see of it. The page asks for its permit with `tied` before it shows anything. */
export async function findChildRecord(work: Work, childId: string): Promise<ChildRecord | undefined> {
  const rows = await work.tx.run<{ record: ChildRecord }>(childRecord, [work.school.id, childId, work.now])
  return rows[0]?.record
}

const childrenFound = {
  name: 'people_children_found',
  text: `select c.id, c.given_name as "givenName", c.family_name as "familyName", c.known_as as "knownAs", c.year_group as "yearGroup", c.class_name as "className",
      c.standing, c.born
    from child c where c.school_id = $1 and c.standing = any ($3) and (' ' || c.search_name) like all ($2)
    order by c.standing = 'left', c.family_name, c.given_name, c.id limit $4`,
}

export function findChildrenByName(
  work: Work,
  _permit: Permit<'child.find'> | Permit<'child.keep'> | Permit<'tie.keep'>,
  patterns: readonly string[],
  standings: readonly Standing[],
  limit: number,
): Promise<FoundChild[]> {
  return work.tx.run<FoundChild>(childrenFound, [work.school.id, patterns, standings, limit])
}

const ownAbout = {
  name: 'people_own_concerns_about',
  text: `select k.child_id as "childId", c.id, c.reference, ${utcText('c.recorded_at')} as "recordedAt" from concern c
    join concern_child k on k.school_id = c.school_id and k.concern_id = c.id and k.child_id = any ($3) and k.moved_to is null and k.reporter_id in (c.reporter_id, c.written_by)
    where c.school_id = $1 and (c.reporter_id = $2 or c.written_by = $2)
      and not exists (select from concern_child o where o.school_id = k.school_id and o.concern_id = k.concern_id and o.moved_to = k.child_id)
    order by c.recorded_at desc, c.id`,
}

/** What somebody reported or wrote themselves about these children: the only concerns that a search shows. */
export async function listOwnConcernsAbout(
  work: Work,
  _permit: Permit<'child.find'>,
  adultId: AdultId,
  childIds: readonly ChildId[],
): Promise<readonly OwnConcernAbout[]> {
  return childIds.length === 0 ? [] : work.tx.run<OwnConcernAbout>(ownAbout, [work.school.id, adultId, childIds])
}

const accountUses = {
  name: 'people_account_uses',
  text: `select adult_id as "adultId", name, job_title as "jobTitle", ${utcText('starts_at')} as "startsAt", account, ${utcText('last_used_at')} as "lastUsedAt"
    from account_uses($1)`,
}

/** Which adults who work here now can sign in, and when each last did. */
export function listAccountUses(work: Work, _permit: Permit<'adult.list'>): Promise<readonly AccountUse[]> {
  return work.tx.run<AccountUse>(accountUses, [work.now])
}

const leaversWithAccount = {
  name: 'people_leavers_with_account',
  text: `select adult_id as "adultId", name, ${utcText('left_at')} as "leftAt", elsewhere from leavers_with_account($1, $2)`,
}

/** Who left before today and can still sign in, each once. */
export function takeLeaversWithAccount(work: Work, _permit: Permit<'alert.tell'>, today: Instant): Promise<readonly Leaver[]> {
  return work.tx.run<Leaver>(leaversWithAccount, [work.now, today])
}

export interface ChildrenFilter {
  readonly patterns: readonly string[]
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standings: readonly Standing[]
  readonly offset: number
  readonly limit: number
}

const childrenListed = {
  name: 'people_children_listed',
  text: `with hit as (select id, given_name, family_name, year_group, class_name, standing from child
      where school_id = $1 and standing = any ($5) and (' ' || search_name) like all ($2) and ($3::text is null or year_group = $3) and ($4::text is null or class_name = $4))
    select (select count(*) from hit) as total,
      (select coalesce(jsonb_agg(jsonb_build_object(${childNamed}) order by c.family_name, c.given_name, c.id), '[]')
        from (select * from hit order by family_name, given_name, id limit $7 offset $6) c) as children,
      (select coalesce(jsonb_agg(distinct year_group), '[]') from child where school_id = $1 and year_group is not null) as "yearGroups",
      (select coalesce(jsonb_agg(distinct class_name), '[]') from child where school_id = $1 and class_name is not null) as "classNames"`,
}

export async function getChildrenList(
  work: Work,
  _permit: Permit<'child.keep'>,
  filter: ChildrenFilter,
): Promise<ListedChildren> {
  const values = [
    work.school.id,
    filter.patterns,
    filter.yearGroup,
    filter.className,
    filter.standings,
    filter.offset,
    filter.limit,
  ]
  const [row] = await work.tx.run<ListedChildren>(childrenListed, values)
  if (!row) throw new Error('the list is one row')
  return row
}

const sameChild = {
  name: 'people_same_child',
  text: `select id from child where school_id = $1 and lower(given_name) = lower($2) and lower(family_name) = lower($3) and born = $4 and id <> $5
      and (standing not in ('not-on-roll', 'unidentified') or scope_opens_files())`,
}

export async function isChildKnown(work: Work, childId: ChildId, facts: ChildFacts): Promise<boolean> {
  if (facts.born === null) return false
  const rows = await work.tx.run(sameChild, [work.school.id, facts.givenName, facts.familyName, facts.born, childId])
  return rows.length > 0
}

function childValues(work: Work, childId: ChildId, facts: ChildFacts, search: string): unknown[] {
  return [
    work.school.id,
    childId,
    facts.givenName,
    facts.familyName,
    facts.knownAs,
    facts.born,
    facts.yearGroup,
    facts.className,
    facts.standing,
    facts.otherSchool,
    facts.description,
    facts.homeAuthority,
    facts.locality,
    facts.leavesAt,
    search,
  ]
}

const childInsert = {
  name: 'people_child_insert',
  text: `insert into child (school_id, id, given_name, family_name, known_as, born, year_group, class_name, standing, other_school, description, home_authority,
      locality, leaves_at, search_name, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
}

export async function insertChild(
  work: Work,
  _permit: Permit<'child.keep'>,
  childId: ChildId,
  facts: ChildFacts,
  search: string,
): Promise<void> {
  await work.tx.run(childInsert, [...childValues(work, childId, facts, search), work.now])
}

const childUpdate = {
  name: 'people_child_update',
  text: `update child set given_name = $3, family_name = $4, known_as = $5, born = $6, year_group = $7, class_name = $8, standing = $9, other_school = $10,
      description = $11, home_authority = $12, locality = $13, leaves_at = $14, search_name = $15 where school_id = $1 and id = $2`,
}

export async function updateChild(
  work: Work,
  _permit: Permit<'child.keep'>,
  childId: ChildId,
  facts: ChildFacts,
  search: string,
): Promise<void> {
  await work.tx.run(childUpdate, childValues(work, childId, facts, search))
}

const contactUpsert = {
  name: 'people_contact_upsert',
  text: `insert into child_contact (school_id, id, child_id, name, relation, phone, email, priority, barred, barred_reason)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (school_id, id) do update set name = excluded.name, relation = excluded.relation, phone = excluded.phone, email = excluded.email,
      priority = excluded.priority, barred = excluded.barred, barred_reason = excluded.barred_reason where child_contact.child_id = excluded.child_id`,
}

export async function saveContact(
  work: Work,
  _permit: Permit<'child.contacts'>,
  childId: ChildId,
  contact: ChildContact,
): Promise<void> {
  const { id, name, relation, phone, email, priority, barred, barredReason } = contact
  await work.tx.run(contactUpsert, [work.school.id, id, childId, name, relation, phone, email, priority, barred, barredReason])
}

const contactEnd = {
  name: 'people_contact_end',
  text: 'update child_contact set ends_at = $4 where school_id = $1 and child_id = $2 and id = $3 and ends_at is null returning id',
}

export async function endContact(
  work: Work,
  _permit: Permit<'child.contacts'>,
  childId: ChildId,
  contactId: string,
): Promise<boolean> {
  return (await work.tx.run(contactEnd, [work.school.id, childId, contactId, work.now])).length > 0
}

const addressInsert = {
  name: 'people_address_insert',
  text: 'insert into child_address (school_id, id, child_id, address, says, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6, $7)',
}

export async function insertAddress(
  work: Work,
  _permit: Permit<'child.contacts'>,
  childId: ChildId,
  address: ChildAddress,
): Promise<void> {
  await work.tx.run(addressInsert, [
    work.school.id,
    address.id,
    childId,
    address.address,
    address.says,
    address.startsOn,
    address.endsOn,
  ])
}

const addressEnd = {
  name: 'people_address_end',
  text: `update child_address set ends_on = greatest($4::date, starts_on) where school_id = $1 and child_id = $2 and id = $3 and ends_on is null returning id`,
}

export async function endAddress(
  work: Work,
  _permit: Permit<'child.contacts'>,
  childId: ChildId,
  addressId: string,
  on: PlainDate,
): Promise<boolean> {
  return (await work.tx.run(addressEnd, [work.school.id, childId, addressId, on])).length > 0
}

const statusUpsert = {
  name: 'people_status_upsert',
  text: `insert into child_status (school_id, id, child_id, status, starts_on, ends_on, authority, worker_name, worker_phone)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (school_id, id) do update set starts_on = excluded.starts_on, ends_on = excluded.ends_on, authority = excluded.authority,
      worker_name = excluded.worker_name, worker_phone = excluded.worker_phone where child_status.child_id = excluded.child_id`,
}

export async function saveStatus(
  work: Work,
  _permit: Permit<'child.statuses'>,
  childId: ChildId,
  status: ChildStatus,
): Promise<void> {
  const { id, startsOn, endsOn, authority, workerName, workerPhone } = status
  await work.tx.run(statusUpsert, [
    work.school.id,
    id,
    childId,
    status.status,
    startsOn,
    endsOn,
    authority,
    workerName,
    workerPhone,
  ])
}

const siblingInsert = {
  name: 'people_sibling_insert',
  text: `insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3), ($1, $3, $2) on conflict do nothing returning child_id`,
}

export async function insertSiblings(
  work: Work,
  _permit: Permit<'child.keep'>,
  childId: ChildId,
  otherId: ChildId,
): Promise<boolean> {
  return (await work.tx.run(siblingInsert, [work.school.id, childId, otherId])).length > 0
}

const siblingDelete = {
  name: 'people_sibling_delete',
  text: `delete from sibling where school_id = $1 and ((child_id = $2 and sibling_id = $3) or (child_id = $3 and sibling_id = $2)) returning child_id`,
}

export async function deleteSiblings(
  work: Work,
  _permit: Permit<'child.keep'>,
  childId: ChildId,
  otherId: ChildId,
): Promise<boolean> {
  return (await work.tx.run(siblingDelete, [work.school.id, childId, otherId])).length > 0
}

const childTied = { name: 'people_child_tied', text: 'select id, tied from child where school_id = $1 and id = any ($2)' }

/** Ids and ties alone, for a permit. */
export async function findChildrenTies(work: Work, childIds: readonly string[]): Promise<{ id: ChildId; tied: AdultId[] }[]> {
  return work.tx.run(childTied, [work.school.id, childIds])
}

// ---- adults and appointments

const adultRecord = {
  name: 'people_adult_record',
  text: `select jsonb_build_object('id', a.id, 'name', a.name, 'kind', a.kind, 'jobTitle', a.job_title, 'employer', a.employer, 'email', a.email, 'phone', a.phone,
      'account', adult_account(a.id, $3) || jsonb_build_object('sessions', adult_sessions(a.id, $3, $4::interval)),
      'absentUntil', (select case when bool_or(x.ends_at is null) then 'open' else ${utcText('max(x.ends_at)')} end
        from absence x where x.school_id = a.school_id and x.adult_id = a.id and x.starts_at <= $3 and (x.ends_at is null or x.ends_at > $3)),
      'appointments', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role,
          'startsAt', ${utcText('p.starts_at')}, 'endsAt', ${utcText('p.ends_at')},
          'agreement', (select jsonb_build_object('changeId', v.id, 'state', v.state, 'nobodyElse', v.nobody_else,
              'proposedByName', (select name from adult where school_id = v.school_id and id = v.proposed_by),
              'decidedByName', (select name from adult where school_id = v.school_id and id = v.decided_by))
            from team_change v where v.school_id = p.school_id and v.appointment_id = p.id and v.applied_at is not null order by v.applied_at desc, v.id desc limit 1))
          order by p.starts_at desc, p.role), '[]') from appointment p where p.school_id = a.school_id and p.adult_id = a.id),
      'waiting', (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'kind', v.kind, 'role', v.role, 'startsAt', ${utcText('v.starts_at')}, 'endsAt', ${utcText('v.ends_at')},
          'proposedByName', (select name from adult where school_id = v.school_id and id = v.proposed_by)) order by v.proposed_at, v.id), '[]')
        from team_change v where v.school_id = a.school_id and v.adult_id = a.id and v.state = 'open' and v.lapses_at > $3),
      'ties', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind,
          'startsAt', ${utcText('t.starts_at')}, 'endsAt', ${utcText('t.ends_at')},
          'child', case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.given_name || ' ' || c.family_name, 'className', c.class_name) end,
          'adult', case when t.child_id is null then jsonb_build_object('id', o.id, 'name', o.name) end) order by t.ends_at desc nulls first, t.starts_at desc), '[]')
        from tie t left join child c on c.school_id = t.school_id and c.id = t.child_id
          left join adult o on o.school_id = t.school_id and o.id = case when t.adult_id = a.id then t.other_adult_id else t.adult_id end
        where t.school_id = a.school_id and (t.adult_id = a.id or t.other_adult_id = a.id)
          and (t.child_id is null or c.standing not in ('not-on-roll', 'unidentified') or (c.id is not null and scope_opens_files())))) as record
    from adult a where a.school_id = $1 and a.id = $2`,
}

export async function findAdultRecord(work: Work, adultId: string): Promise<AdultRecord | undefined> {
  const rows = await work.tx.run<{ record: AdultRecord }>(adultRecord, [
    work.school.id,
    adultId,
    work.now,
    `${sessionIdleMinutes} minutes`,
  ])
  return rows[0]?.record
}

const adultsListed = {
  name: 'people_adults_listed',
  text: `select a.id, a.name, a.kind, a.job_title as "jobTitle",
      array(select distinct p.role from appointment p where p.school_id = a.school_id and p.adult_id = a.id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)) as roles,
      exists (select from absence x where x.school_id = a.school_id and x.adult_id = a.id and x.starts_at <= $2 and (x.ends_at is null or x.ends_at > $2)) as absent
    from adult a where a.school_id = $1 and ($3::text = '' or a.name ilike '%' || $3 || '%' or a.job_title ilike '%' || $3 || '%')
    order by a.name, a.id limit $4`,
}

export function listAdults(
  work: Work,
  _permit: Permit<'adult.list'> | Permit<'tie.keep'>,
  text: string,
  limit: number,
): Promise<ListedAdult[]> {
  return work.tx.run<ListedAdult>(adultsListed, [work.school.id, work.now, text.replaceAll(/[\\%_]/g, '\\$&'), limit])
}

const adultLock = { name: 'people_adult_lock', text: 'select id from adult where school_id = $1 and id = $2 for update' }

/** Holds the adult's row, so that two changes to their appointments come one after the other. */
export async function lockAdult(work: Work, adultId: string): Promise<boolean> {
  return (await work.tx.run(adultLock, [work.school.id, adultId])).length > 0
}

const adultInsert = {
  name: 'people_adult_insert',
  text: `insert into adult (school_id, id, name, kind, job_title, employer, email, phone, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
}

export async function insertAdult(work: Work, _permit: Permit<'adult.keep'>, adultId: AdultId, facts: AdultFacts): Promise<void> {
  const { name, kind, jobTitle, employer, email, phone } = facts
  await work.tx.run(adultInsert, [work.school.id, adultId, name, kind, jobTitle, employer, email, phone, work.now])
}

const adultUpdate = {
  name: 'people_adult_update',
  text: 'update adult set name = $3, kind = $4, job_title = $5, employer = $6, email = $7, phone = $8 where school_id = $1 and id = $2',
}

export async function updateAdult(work: Work, _permit: Permit<'adult.keep'>, adultId: AdultId, facts: AdultFacts): Promise<void> {
  const { name, kind, jobTitle, employer, email, phone } = facts
  await work.tx.run(adultUpdate, [work.school.id, adultId, name, kind, jobTitle, employer, email, phone])
}

const appointmentUpsert = {
  name: 'people_appointment_upsert',
  text: `insert into appointment (school_id, id, adult_id, role, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6)
    on conflict (school_id, id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at where appointment.adult_id = excluded.adult_id`,
}

export async function saveAppointment(
  work: Work,
  _permit: Permit<'appointment.keep'>,
  adultId: AdultId,
  appointment: Appointment,
): Promise<void> {
  const { id, role, startsAt, endsAt } = appointment
  await work.tx.run(appointmentUpsert, [work.school.id, id, adultId, role, startsAt, endsAt])
}

// ---- ties

const tieToChild = {
  name: 'people_tie_to_child',
  text: `with written as (insert into tie (school_id, id, adult_id, child_id, kind, starts_at) values ($1, $2, $3, $4, $5, $6))
    select concerns_of_child_exclude($4, array[$3::uuid])`,
}
const tieToAdult = {
  name: 'people_tie_to_adult',
  text: `with written as (insert into tie (school_id, id, adult_id, other_adult_id, kind, starts_at) values ($1, $2, $3, $4, $5, $6))
    select concerns_of_adult_exclude($4, array[$3::uuid]), concerns_of_adult_exclude($3, array[$4::uuid])`,
}

export interface NewTie {
  readonly id: string
  readonly adultId: AdultId
  readonly kind: TieKind
  readonly to: { readonly childId: ChildId } | { readonly adultId: AdultId }
}

/** Writes the tie and shuts the adult out of all that it touches, in the same transaction. */
export async function insertTie(work: Work, _permit: Permit<'tie.keep'>, tie: NewTie): Promise<void> {
  const [statement, otherId] = 'childId' in tie.to ? [tieToChild, tie.to.childId] : [tieToAdult, tie.to.adultId]
  await work.tx.run(statement, [work.school.id, tie.id, tie.adultId, otherId, tie.kind, work.now])
}

const tieEnd = { name: 'people_tie_end', text: 'update tie set ends_at = $3 where school_id = $1 and id = $2' }
const childUntie = { name: 'people_child_untie', text: 'select child_untie($1, $2, $3)' }

export async function endTie(
  work: Work,
  _permit: Permit<'tie.keep'>,
  tieId: string,
  adultId: AdultId,
  childId: ChildId | null,
): Promise<void> {
  await work.tx.run(tieEnd, [work.school.id, tieId, work.now])
  if (childId) await work.tx.run(childUntie, [childId, adultId, work.now])
}

// ---- for other features

const childrenFacts = {
  name: 'people_children_facts',
  text: `select c.id as "childId", c.given_name as "givenName", c.family_name as "familyName", c.known_as as "knownAs", c.born, c.year_group as "yearGroup",
      c.class_name as "className", c.standing, c.home_authority as "homeAuthority", c.locality, c.leaves_at as "leavesAt", c.tied,
      array(select s.sibling_id from sibling s where s.school_id = c.school_id and s.child_id = c.id) as siblings
    from child c where c.school_id = $1 and c.id = any ($2)`,
}

export interface ChildFactsForOthers {
  readonly childId: ChildId
  readonly givenName: string
  readonly familyName: string
  readonly knownAs: string | null
  readonly born: PlainDate | null
  readonly yearGroup: string | null
  readonly className: string | null
  readonly standing: Standing
  readonly homeAuthority: string | null
  readonly locality: string | null
  readonly leavesAt: LocalTime | null
  readonly tied: readonly AdultId[]
  readonly siblings: readonly ChildId[]
}

export function findChildrenFactsOf(work: Work, childIds: readonly ChildId[]): Promise<ChildFactsForOthers[]> {
  return work.tx.run<ChildFactsForOthers>(childrenFacts, [work.school.id, childIds])
}

const adultHere = { name: 'people_adult_here', text: 'select id from adult where school_id = $1 and id = $2' }

export async function isAdultHere(work: Work, adultId: string): Promise<boolean> {
  return (await work.tx.run(adultHere, [work.school.id, adultId])).length > 0
}
