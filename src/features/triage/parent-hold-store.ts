import type { Actor, Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { StandingHold } from './model.ts'

const standing = {
  name: 'parent_hold_standing',
  text: `select h.concern_id as "concernId", c.reference, ${utcText('h.set_at')} as "setAt" from parent_hold h join concern c on c.school_id = $1 and c.id = h.concern_id
    where h.school_id = $1 and h.lifted_at is null and not coalesce(scope_adult() = any (h.excluded), false)
      and (h.child_id is null or h.child_id = any ($3)) and (h.concern_id = $2 or h.concern_id in (select x.concern_id from concern_child x where x.school_id = $1 and x.child_id = any ($3) and x.moved_to is null))
    order by h.set_at, h.id`,
}

/** The holds that stand for a concern or for children, as far as the reader may know of them. */
export function listStandingHolds(
  work: Work,
  _permit: Permit<'parents.record' | 'note.write' | 'parents.lift-hold'>,
  of: { readonly concernId?: ConcernId; readonly childIds?: readonly ChildId[] },
): Promise<StandingHold[]> {
  return work.tx.run<StandingHold>(standing, [work.school.id, of.concernId ?? null, of.childIds ?? []])
}

const colleagues = {
  name: 'parent_hold_colleagues',
  text: `select coalesce((select jsonb_agg(jsonb_build_object('concernId', s."concernId", 'reference', s.reference, 'setAt', s."setAt")) from (${standing.text}) s), '[]') as holds,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', a.id, 'name', a.name) order by a.name, a.id), '[]') from adult a where a.school_id = $1 and exists (select from appointment p
      where p.school_id = $1 and p.adult_id = a.id and p.role = any ($4) and p.starts_at <= $5 and (p.ends_at is null or p.ends_at > $5))) as colleagues`,
}

export interface HoldsAndColleagues {
  readonly holds: readonly StandingHold[]
  readonly colleagues: readonly { readonly adultId: AdultId; readonly name: string }[]
}

/** The holds that stand, and those of the team who may agree that parents are not told: in one round trip. */
export async function getHoldsAndColleagues(
  work: Work,
  _permit: Permit<'parents.record'>,
  of: { readonly concernId: ConcernId; readonly childIds: readonly ChildId[]; readonly excluded: readonly AdultId[] },
): Promise<HoldsAndColleagues> {
  const [row] = await work.tx.run<HoldsAndColleagues>(colleagues, [
    work.school.id,
    of.concernId,
    of.childIds,
    work.school.fileRoles,
    work.now,
  ])
  const found = row?.colleagues ?? []
  return { holds: row?.holds ?? [], colleagues: found.filter(({ adultId }) => !of.excluded.includes(adultId)) }
}

const withhold = {
  name: 'parent_hold_withhold',
  text: `insert into parent_hold (school_id, id, concern_id, child_id, question, option, set_at, excluded) values ($1, $2, $3, $4, 'parents', 'withheld', $5, $6)`,
}

/** Nobody speaks with the parents of this child, because it was decided that they are not told; travels with the next statement. */
export function insertWithheldHold(
  work: Work<Actor>,
  _permit: Permit<'parents.record'>,
  concern: { readonly id: ConcernId; readonly excluded: readonly AdultId[] },
  row: { readonly id: string; readonly childId: ChildId },
): void {
  work.tx.later(withhold, [work.school.id, row.id, concern.id, row.childId, work.now, concern.excluded])
}

const lift = {
  name: 'parent_hold_lift',
  text: `update parent_hold set lifted_at = $3, lifted_by = $4, lifted_because = $5 where school_id = $1 and concern_id = $2 and lifted_at is null returning id`,
}

/** Lifts what stands on the concern; false where nothing does any more. */
export async function saveLifted(
  work: Work<Actor>,
  _permit: Permit<'parents.lift-hold' | 'concern.decide'>,
  concernId: ConcernId,
  because: string,
): Promise<boolean> {
  const rows = await work.tx.run(lift, [work.school.id, concernId, work.now satisfies Instant, work.someone.adultId, because])
  return rows.length > 0
}

/** SQL: the latest hold on the concern `c`, or null. */
export const holdOfConcern = `(select jsonb_build_object('setAt', ${utcText('h.set_at')}, 'question', h.question, 'option', h.option, 'liftedAt', ${utcText('h.lifted_at')},
    'liftedBy', (select name from adult where school_id = $1 and id = h.lifted_by), 'liftedBecause', h.lifted_because)
  from parent_hold h where h.school_id = $1 and h.concern_id = c.id order by h.set_at desc, h.id desc limit 1)`
