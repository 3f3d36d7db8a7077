-- A count of people below five tells of somebody: whoever reads numbers alone is given none, and no date that would be one person's.

create or replace function duty_standing(p_now timestamptz) returns table (name text, owed integer, late integer, next_due timestamptz, last_done date)
  language sql stable security definer set search_path = public, pg_temp as $$
  with counted as (
    select c.name, count(*)::integer as owed, count(*) filter (where c.due_at < p_now)::integer as late, min(c.due_at) as next_due,
      bool_or(c.subject_kind = 'adult') and not (scope_is_worker() or scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')) as of_people
    from clock c
    where c.school_id = scope_school() and c.area = 'school' and c.subject_kind in ('adult', 'school') and c.met_at is null and c.ended_at is null
      and (scope_is_worker() or scope_opens_files()
        or scope_holds('{headteacher,human-resources,record-keeper,governor,trustee,safeguarding-governor,chair-of-governors,chair-of-trustees,trust-safeguarding-lead,senior-leader,deputy-headteacher}'))
    group by c.name)
  select n.name, case when n.of_people and n.owed < 5 then null else n.owed end,
    -- Those who are late and those who are not are each a group of people: the smaller would be told by the difference.
    case when n.of_people and (n.owed < 5 or n.late between 1 and 4 or n.owed - n.late between 1 and 4) then null else n.late end,
    case when n.of_people then null else n.next_due end,
    (select max(k.done_on) from school_check k where k.school_id = scope_school() and k.kind = n.name)
  from counted n
$$;
comment on function duty_standing is 'The school''s running duties by name, as numbers alone: governors read this and no row behind it. A count below five is null.';
