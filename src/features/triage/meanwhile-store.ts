import type { Permit } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { challengesOf } from '../challenges/index.ts'
import type { Meanwhile } from './page-model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`
// What a statement changes it does not yet see: whoever reads it now counts as having seen it.
const seen = (alias: string, column: 'seen_at' | 'seen_by', now: string) =>
  `coalesce(${alias}.${column}, case when scope_opens_files() and ${alias}.by_id <> $4 then ${now} end)`

const meanwhile = {
  name: 'triage_meanwhile',
  text: `with read_steps as (update fallback_step set seen_at = $3, seen_by = $4 where school_id = $1 and concern_id = $2 and seen_at is null and by_id <> $4 and scope_opens_files() returning id),
    read_notes as (update hand_back set seen_at = $3, seen_by = $4 where school_id = $1 and concern_id = $2 and seen_at is null and written_at is not null and by_id <> $4 and scope_opens_files()),
    acted as (select 'acknowledged' as what, c.acknowledged_by as by_id, c.acknowledged_at as at from concern c where c.school_id = $1 and c.id = $2 and c.acknowledged_by is not null
      union all select 'triage ' || t.id, t.by_id, t.at from triage t where t.school_id = $1 and t.concern_id = $2
      union all select 'decision ' || d.id, d.by_id, d.at from decision d where d.school_id = $1 and d.concern_id = $2
      union all select 'closure ' || ${utcText('x.closed_at')}, x.closed_by, x.closed_at from closure x where x.school_id = $1 and x.concern_id = $2)
  select
    (select coalesce(jsonb_agg(id), '[]') from read_steps) as "newlySeen",
    (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'byName', ${nameOf('f.by_id')}, 'at', ${utcText('f.at')}, 'withWhom', f.with_whom, 'says', f.says,
        'seenAt', ${utcText(seen('f', 'seen_at', '$3::timestamptz'))}, 'seenBy', ${nameOf(seen('f', 'seen_by', '$4::uuid'))},
        'countersignedAt', ${utcText('f.countersigned_at')}, 'countersignedBy', ${nameOf('f.countersigned_by')}) order by f.at, f.recorded_at, f.id), '[]')
      from fallback_step f where f.school_id = $1 and f.concern_id = $2) as steps,
    (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'byName', ${nameOf('h.by_id')}, 'isOwn', h.by_id = $4, 'openedAt', ${utcText('h.opened_at')}, 'writtenAt', ${utcText('h.written_at')},
        'concerns', h.concerns, 'actions', h.actions) order by h.opened_at, h.id), '[]')
      from hand_back h where h.school_id = $1 and h.concern_id = $2) as "handBacks",
    (select coalesce(jsonb_object_agg(a.what, r.role), '{}') from acted a cross join lateral (select acting_role($1, a.by_id, a.at) as role) r where r.role is not null) as acting,
    ${challengesOf} as challenges`,
}

/** What others did in the DSL's place; whoever opens files has seen it from now. */
export async function getMeanwhile(
  work: Work,
  permit: Permit<'concern.read' | 'concern.acknowledge'>,
  id: ConcernId,
): Promise<Meanwhile> {
  const reader = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  const [row] = await work.tx.run<Meanwhile>(meanwhile, [work.school.id, id, work.now, reader])
  if (!row) throw new Error('the query gives one row')
  return row
}
