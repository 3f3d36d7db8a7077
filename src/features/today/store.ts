import type { Permit } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import type { TodayFacts } from './model.ts'

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

// The open concerns come first, by their partial index; everything else is looked up for those few, never scanned.
const today = {
  name: 'today_facts',
  text: `with open as materialized (select * from concern where school_id = $1 and state <> 'closed'),
  told as materialized (select t.concern_id, array_agg(distinct a.name) filter (where t.seen_at is null) as unseen, bool_or(t.seen_at is not null) as seen
    from open o join alert t on t.school_id = $1 and t.concern_id = o.id and t.kind in ('told', 'urgent', 'passed-on', 'handed-over')
    join adult a on a.school_id = $1 and a.id = t.adult_id group by t.concern_id),
  children as materialized (select x.concern_id, jsonb_agg(jsonb_build_object('name', trim(k.given_name || ' ' || k.family_name), 'className', k.class_name, 'born', k.born)
      order by x.involvement <> 'subject', k.family_name, k.given_name) as list
    from open o join concern_child x on x.school_id = $1 and x.concern_id = o.id and x.moved_to is null join child k on k.school_id = $1 and k.id = x.child_id group by x.concern_id),
  clocks as materialized (select c.concern_id, jsonb_agg(jsonb_build_object('name', c.name, 'dueAt', ${iso('c.due_at')}, 'referralId', c.referral_id, 'standing', c.standing)) as list
    from open o join clock c on c.school_id = $1 and c.concern_id = o.id where c.met_at is null and c.ended_at is null group by c.concern_id),
  waiting as materialized (select r.concern_id, jsonb_agg(jsonb_build_object('referralId', r.id, 'destination', r.destination, 'state', r.state, 'openedAt', ${iso('r.opened_at')}) order by r.opened_at) as list
    from open o join referral r on r.school_id = $1 and r.concern_id = o.id where r.state in ('decided', 'phoned', 'written', 'escalated') group by r.concern_id)
  select
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'reference', o.reference, 'state', o.state, 'urgent', o.urgent, 'stub', o.stub, 'category', o.category,
        'prompts', to_jsonb(o.prompts), 'recordedAt', ${iso('o.recorded_at')}, 'ownerName', (select name from adult where school_id = $1 and id = o.owner_id),
        'children', coalesce(k.list, '[]'), 'unseenBy', coalesce(to_jsonb(t.unseen), '[]'), 'seenBySomebody', coalesce(t.seen, false),
        'clocks', coalesce(c.list, '[]'), 'waitingFor', coalesce(w.list, '[]'))), '[]')
      from open o left join told t on t.concern_id = o.id left join children k on k.concern_id = o.id left join clocks c on c.concern_id = o.id left join waiting w on w.concern_id = o.id) as concerns,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'says', x.says, 'dueOn', x.due_on, 'concernId', x.concern_id,
        'reference', (select reference from concern where school_id = $1 and id = x.concern_id), 'ownerName', a.name,
        'ownerGone', x.owner_id = any (x.excluded) or not exists (select 1 from appointment p where p.school_id = $1 and p.adult_id = x.owner_id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)))
        order by x.due_on, x.id), '[]')
      from action x join adult a on a.school_id = $1 and a.id = x.owner_id where x.school_id = $1 and x.done_at is null) as actions,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', z.adult_id, 'name', a.name, 'until', ${iso('z.ends_at')},
        'roles', (select coalesce(jsonb_agg(distinct p.role), '[]') from appointment p where p.school_id = $1 and p.adult_id = z.adult_id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)))
        order by a.name), '[]')
      from absence z join adult a on a.school_id = $1 and a.id = z.adult_id
      where z.school_id = $1 and z.starts_at <= $2 and (z.ends_at is null or z.ends_at > $2)
        and exists (select 1 from appointment p where p.school_id = $1 and p.adult_id = z.adult_id and p.role = any ($3) and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2))) as away`,
}

/** What is open at the work's school as the reader may see it, in one round trip. */
export async function getTodayFacts(
  work: Work,
  _permit: Permit<'today.open'>,
  teamRoles: readonly string[],
): Promise<TodayFacts> {
  const [row] = await work.tx.run<TodayFacts>(today, [work.school.id, work.now, teamRoles])
  if (!row) throw new Error('the query gives one row')
  return row
}
