import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { namesAtRisk } from '../concerns/index.ts'
import { type ClockFilter, clocksOnPage, type RunningClocks } from './model.ts'

const childName = `trim(n.given_name || ' ' || n.family_name)`
const childrenOf = (
  concern: string,
) => `(select jsonb_agg(${childName} order by x.involvement <> 'subject', n.family_name, n.given_name)
  from concern_child x join child n on n.school_id = $1 and n.id = x.child_id
  where x.school_id = $1 and x.concern_id = ${concern} and x.moved_to is null and x.involvement <> 'source')`

// Overdue is what is due before now, whether or not anything has marked it since.
const running = {
  name: 'running_clocks',
  text: `with running as materialized (select k.* from clock k where k.school_id = $1 and k.met_at is null and k.ended_at is null and ${notShutOut('k')}),
  chosen as materialized (select r.* from running r where ($3::text is null or r.name = $3)
    and ($4::text is null or case when $4 = 'nobody' then r.owner_id is null else r.owner_id::text = $4 end) and (not $5 or r.due_at < $2)),
  shown as materialized (select c.*, row_number() over (order by c.due_at nulls last, c.basis_at, c.rule, c.id) as place from chosen c order by place limit $6 offset $7)
  select (select coalesce(jsonb_agg(jsonb_build_object('key', g.name, 'count', g.n, 'overdue', g.late) order by g.name), '[]')
      from (select name, count(*) as n, count(*) filter (where due_at < $2) as late from running group by name) g) as kinds,
    (select coalesce(jsonb_agg(jsonb_build_object('key', g.owner_id, 'name', a.name, 'count', g.n, 'overdue', g.late) order by a.name nulls last), '[]')
      from (select owner_id, count(*) as n, count(*) filter (where due_at < $2) as late from running group by owner_id) g
      left join adult a on a.school_id = $1 and a.id = g.owner_id) as owners,
    (select count(*)::int from chosen) as total,
    (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'rule', s.rule, 'says', s.says, 'source', s.source, 'standing', s.standing,
        'basisAt', ${utcText('s.basis_at')}, 'basisOn', (s.basis_at at time zone 'Europe/London')::date, 'dueAt', ${utcText('s.due_at')}, 'area', s.area, 'concernId', s.concern_id,
        'ownerName', (select a.name from adult a where a.school_id = $1 and a.id = s.owner_id),
        'watched', case
          when s.area = 'conduct' then jsonb_build_object('kind', 'other', 'id', null, 'names', '[]'::jsonb, 'says', s.subject_kind)
          when s.referral_id is not null then jsonb_build_object('kind', 'referral', 'id', f.id, 'names', coalesce(${childrenOf('s.concern_id')}, '[]') || ${namesAtRisk('s.concern_id')}, 'says', f.destination)
          when s.concern_id is not null then jsonb_build_object('kind', 'concern', 'id', c.id, 'names', coalesce(${childrenOf('s.concern_id')}, '[]') || ${namesAtRisk('s.concern_id')}, 'says', c.reference)
          when coalesce(s.child_id, case s.subject_kind when 'child' then s.subject_id end) is not null and s.area = 'welfare' then jsonb_build_object('kind', 'child', 'id', n.id, 'names', coalesce(jsonb_build_array(${childName}), '[]'), 'says', s.subject_kind)
          when s.subject_kind = 'adult' then jsonb_build_object('kind', 'adult', 'id', w.id, 'names', jsonb_build_array(w.name), 'says', s.subject_kind)
          else jsonb_build_object('kind', 'other', 'id', null, 'names', '[]'::jsonb, 'says', s.subject_kind) end) order by s.place), '[]')
      from shown s left join concern c on c.school_id = $1 and c.id = s.concern_id
        left join referral f on f.school_id = $1 and f.id = s.referral_id
        left join child n on n.school_id = $1 and n.id = coalesce(s.child_id, case s.subject_kind when 'child' then s.subject_id end)
        left join adult w on w.school_id = $1 and s.subject_kind = 'adult' and w.id = s.subject_id) as rows`,
}

/** What runs at the work's school as the reader may see it, in one round trip. */
export async function getRunningClocks(work: Work, _permit: Permit<'clock.list'>, filter: ClockFilter): Promise<RunningClocks> {
  const [row] = await work.tx.run<RunningClocks>(running, [
    work.school.id,
    work.now,
    filter.name,
    filter.owner,
    filter.overdueOnly,
    clocksOnPage,
    (filter.page - 1) * clocksOnPage,
  ])
  if (!row) throw new Error('the query gives one row')
  return row
}
