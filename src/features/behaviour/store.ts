import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Work } from '../../work/work.ts'
import type { NewBehaviour } from './model.ts'

// Whoever is tied to a child in it is outside it, as they are outside the concern.
const outside = `(select coalesce(array_agg(distinct a), '{}') from (
    select unnest(c.excluded) as a from concern c where c.school_id = $1 and c.id = $8
    union select unnest(k.tied) from child k where k.school_id = $1 and k.id in (select (x ->> 'childId')::uuid from jsonb_array_elements($9::jsonb) x)) t)`

const insert = {
  name: 'behaviour_insert',
  text: `with outside as (select ${outside} as adults),
    entered as (insert into behaviour_entry (school_id, id, happened_on, place, tags, says, recorded_at, by_id, concern_id, excluded)
      select $1, $2, $3, $4, $5, $6, $7, $10, $8, o.adults from outside o)
    insert into behaviour_child (school_id, entry_id, child_id, part, by_id, concern_id, excluded)
    select $1, $2, c."childId", c.part, $10, $8, o.adults from outside o, jsonb_to_recordset($9::jsonb) as c ("childId" uuid, part text)`,
}

export async function insertBehaviour(
  work: Work,
  _permit: Permit<'behaviour.record'>,
  entry: NewBehaviour,
  by: AdultId,
  concernId: ConcernId | null,
): Promise<void> {
  const { id, happenedOn, place, tags, says, children } = entry
  await work.tx.run(insert, [
    work.school.id,
    id,
    happenedOn,
    place,
    tags,
    says,
    work.now,
    concernId,
    JSON.stringify(children),
    by,
  ])
}

const known = { name: 'behaviour_children_known', text: 'select id from child where school_id = $1 and id = any ($2)' }

/** Whether all of these are children of the school. */
export async function areChildrenKnown(
  work: Work,
  _permit: Permit<'behaviour.record'>,
  children: NewBehaviour['children'],
): Promise<boolean> {
  const ids = [...new Set(children.map(({ childId }) => childId))]
  return (await work.tx.run(known, [work.school.id, ids])).length === ids.length
}
