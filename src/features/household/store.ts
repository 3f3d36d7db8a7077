import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { AdultId, ChildId, ConcernId, EntryId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { HouseholdChild, HouseholdState, SiblingHere } from './model.ts'

const siblings = {
  name: 'household_siblings',
  text: `select distinct b.id as "childId", to_jsonb(b.tied) as tied from sibling s join child b on b.school_id = $1 and b.id = s.sibling_id
    where s.school_id = $1 and s.child_id = any ($2) and b.standing in ('on-roll', 'dual') and not (b.id = any ($3))
      and not exists (select from household_child h where h.school_id = $1 and h.concern_id = $4 and h.child_id = b.id)`,
}

/** Brothers and sisters on roll of these children who are neither in the concern nor linked with it. Ids and ties: no content, so no permit. */
export function listSiblingsHere(
  work: Work,
  concernId: ConcernId,
  subjects: readonly ChildId[],
  inConcern: readonly ChildId[],
): Promise<SiblingHere[]> {
  return work.tx.run<SiblingHere>(siblings, [work.school.id, subjects, inConcern, concernId])
}

export interface HouseholdRow {
  readonly childId: ChildId
  readonly part: 'subject' | 'sibling'
  readonly state: HouseholdState
  readonly excluded: readonly AdultId[]
}

export interface HouseholdEntry {
  readonly id: EntryId
  readonly childId: ChildId
  readonly heading: string
  readonly happenedOn: PlainDate
  readonly excluded: readonly AdultId[]
}

// One statement, without reading back: whoever records a concern may not see what they link.
const link = {
  name: 'household_link',
  text: `with linked as (insert into household_child (school_id, concern_id, child_id, part, state, linked_at, linked_by, excluded)
      select $1, $2, h."childId", h.part, h.state, $4, $5, h.excluded
      from jsonb_to_recordset($3::jsonb -> 'rows') as h ("childId" uuid, part text, state text, excluded uuid[]) on conflict do nothing)
    insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, author_id, concern_id, involvement, excluded)
    select $1, e.id, e."childId", 'linked', e.heading, e."happenedOn", $4, $5, $2, 'sibling', e.excluded
    from jsonb_to_recordset($3::jsonb -> 'entries') as e (id uuid, "childId" uuid, heading text, "happenedOn" date, excluded uuid[])`,
}

export async function insertHousehold(
  work: Work,
  permit: Permit<'concern.record' | 'concern.triage' | 'concern.move'>,
  concernId: ConcernId,
  what: { readonly rows: readonly HouseholdRow[]; readonly entries: readonly HouseholdEntry[] },
): Promise<void> {
  const { someone } = permit
  await work.tx.run(link, [
    work.school.id,
    concernId,
    JSON.stringify(what),
    work.now,
    someone.kind === 'adult' ? someone.adultId : null,
  ])
}

const contact = {
  name: 'household_contact',
  text: 'update household_child set contact_says = $3 where school_id = $1 and concern_id = $2',
}

/** Who may be rung about the children of this household; travels with the next statement. */
export function keepContactSays(work: Work, _permit: Permit<'concern.triage'>, concernId: ConcernId, says: string): void {
  work.tx.later(contact, [work.school.id, concernId, says])
}

const household = {
  name: 'household_of_concern',
  text: `select h.child_id as "childId", trim(k.given_name || ' ' || k.family_name) as name, k.class_name as "className", h.part, h.state, ${utcText('h.linked_at')} as "linkedAt",
      ${utcText('h.answered_at')} as "answeredAt", (select name from adult where school_id = $1 and id = h.answered_by) as "answeredBy", h.reason, to_jsonb(k.tied) as tied
    from household_child h join child k on k.school_id = $1 and k.id = h.child_id
    where h.school_id = $1 and h.concern_id = $2 order by h.part desc, k.family_name, k.given_name, k.id`,
}

/** The children of the household that a concern is about, as far as the reader may know. */
export function listHousehold(work: Work, _permit: Permit<'concern.link'>, concernId: ConcernId): Promise<HouseholdChild[]> {
  return work.tx.run<HouseholdChild>(household, [work.school.id, concernId])
}

const settle = {
  name: 'household_settle',
  text: `update household_child set state = $4, answered_at = $5, answered_by = $6, reason = nullif($7, '')
    where school_id = $1 and concern_id = $2 and child_id = $3 and state <> $4`,
}

/** Confirmed or dismissed, by whom and why. */
export async function settleHouseholdChild(
  work: Work,
  permit: Permit<'concern.link'>,
  concernId: ConcernId,
  answer: { readonly childId: ChildId; readonly state: 'confirmed' | 'dismissed'; readonly reason: string },
): Promise<void> {
  const { someone } = permit
  const by = someone.kind === 'adult' ? someone.adultId : null
  await work.tx.run(settle, [work.school.id, concernId, answer.childId, answer.state, work.now, by, answer.reason])
}

// A brother or sister of both children stays as they are: it is the same household.
const move = {
  name: 'household_move',
  text: `with left_behind as (update household_child h set state = 'dismissed', answered_at = $5, answered_by = $6, reason = $7
      where h.school_id = $1 and h.concern_id = $2 and h.child_id <> $4 and (h.child_id = $3 or h.state = 'awaiting')
        and not exists (select from sibling s where s.school_id = $1 and s.child_id = $4 and s.sibling_id = h.child_id))
    update household_child set state = 'confirmed', answered_at = $5, answered_by = $6 where school_id = $1 and concern_id = $2 and child_id = $4`,
}

/** The concern turned out to be about another child: what was said of the first one's household is taken back. */
export async function moveHousehold(
  work: Work,
  permit: Permit<'concern.move'>,
  concernId: ConcernId,
  moved: { readonly from: ChildId; readonly to: ChildId; readonly reason: string },
): Promise<void> {
  const { someone } = permit
  const by = someone.kind === 'adult' ? someone.adultId : null
  await work.tx.run(move, [work.school.id, concernId, moved.from, moved.to, work.now, by, moved.reason])
}

const join = {
  name: 'household_join',
  text: `insert into concern_child (school_id, concern_id, child_id, involvement, excluded, readers, reporter_id)
    select $1, $2, $3, 'sibling', $4, $5, $6 on conflict (school_id, concern_id, child_id) do update set moved_to = null`,
}

/** Puts a brother or sister into the concern. */
export async function insertSibling(
  work: Work,
  _permit: Permit<'concern.link'>,
  concern: {
    readonly id: ConcernId
    readonly excluded: readonly AdultId[]
    readonly readers: readonly AdultId[]
    readonly writtenBy: AdultId | null
  },
  childId: ChildId,
): Promise<void> {
  await work.tx.run(join, [work.school.id, concern.id, childId, concern.excluded, concern.readers, concern.writtenBy])
}

/** SQL: the concerns about the household of the child in the column, as a list; the dismissed are left out. */
export function householdOf(child: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('concernId', h.concern_id, 'reference', hc.reference, 'part', h.part, 'state', h.state,
      'linkedAt', ${utcText('h.linked_at')}, 'contactSays', h.contact_says) order by h.linked_at desc, h.concern_id), '[]')
    from household_child h join concern hc on hc.school_id = $1 and hc.id = h.concern_id
    where h.school_id = $1 and h.child_id = ${child} and h.state <> 'dismissed' and ${notShutOut('hc')})`
}

/** SQL: brothers and sisters who wait for the team, those who have waited longest first. */
export const awaitingSiblings = `(select coalesce(jsonb_agg(jsonb_build_object('concernId', h.concern_id, 'reference', hc.reference,
      'name', trim(hk.given_name || ' ' || hk.family_name), 'className', hk.class_name, 'linkedAt', ${utcText('h.linked_at')}) order by h.linked_at, h.child_id), '[]')
    from household_child h join concern hc on hc.school_id = $1 and hc.id = h.concern_id join child hk on hk.school_id = $1 and hk.id = h.child_id
    where h.school_id = $1 and h.state = 'awaiting' and ${notShutOut('hc')})`
