import type { Actor, Permit } from '../../access/index.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { StandingHold } from './model.ts'

const standing = {
  name: 'parent_hold_standing',
  text: `select h.concern_id as "concernId", c.reference, ${utcText('h.set_at')} as "setAt" from parent_hold h join concern c on c.school_id = $1 and c.id = h.concern_id
    where h.school_id = $1 and h.lifted_at is null and not coalesce(scope_adult() = any (h.excluded), false)
      and (h.concern_id = $2 or h.concern_id in (select x.concern_id from concern_child x where x.school_id = $1 and x.child_id = any ($3) and x.moved_to is null))
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
