-- What people who are outside a concern, or tied to a child, could still find out, found by attacking it (docs/security/attacks.md).

-- Whoever changes the policy saw when each running clock began, also those who open no file: a head, a chair or a trust's lead read
-- from it that a concern had come in, and at what minute. They are now given what they see elsewhere, which is the school's own clocks.
create or replace function policy_open_clocks() returns table (name text, rule text, basis_at timestamptz, duration_unit text, duration_count integer, due_at timestamptz, passed_on integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.name, k.rule, k.basis_at, k.duration_unit, k.duration_count, k.due_at, k.passed_on from clock k
  where k.school_id = scope_school() and k.met_at is null and k.ended_at is null and not coalesce(scope_adult() = any (k.excluded), false)
    and scope_holds('{dsl,deputy-dsl,headteacher,chair-of-governors,trust-safeguarding-lead}')
    and (scope_adult() = any (k.readers) or k.owner_id = scope_adult()
      or (k.area <> 'conduct' and (scope_opens_files() or scope_stands_in(k.concern_id)))
      or (k.area = 'school' and (k.subject_kind = 'school' or scope_holds('{headteacher}'))))
$$;

-- A tie was known to the database only for those who open files and for administrators. A head, an attendance lead or a receptionist
-- who is a child's parent was kept from the child by the program alone. It is now known of everybody.
do $$
declare
  v_enter text := pg_get_functiondef('scope_enter(uuid, uuid, uuid, timestamptz)'::regprocedure);
  v_from constant text := $from$if v_opens or 'system-administrator' = any (v_roles) or nullif(current_setting('app.stands_in', true), '') is not null then
    execute format('set local app.tied_to$from$;
begin
  if position(v_from in v_enter) = 0 then
    raise exception 'scope_enter is written otherwise than expected';
  end if;
  execute replace(v_enter, v_from, $to$if p_adult is not null then
    execute format('set local app.tied_to$to$);
end $$;

-- How many pupils have named an adult counted the reader's own child: beside the list, which leaves the child out, it told what the
-- child had answered.
create or replace function trusted_adults_counted(p_now timestamptz) returns table (pupils integer, named integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int, count(*) filter (where exists (select from trusted_adult t join appointment p on p.school_id = t.school_id and p.adult_id = t.adult_id
      where t.school_id = c.school_id and t.child_id = c.id and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now)))::int
  from child c where c.school_id = scope_school() and scope_opens_files() and not scope_tied_to(c.id) and c.standing in ('on-roll', 'dual')
$$;

-- Who is outside a concern about a child hears nothing of somebody breaking the glass on that child's file: the reason may be they.
-- Whoever breaks it may not know who that is, so the function leaves them out and says who was told. Where none of those who were
-- asked for is left, those to whom a concern about the head would go are told.
drop function glass_break_open(uuid, uuid, text, integer, uuid[], timestamptz, text, text, text);
create function glass_break_open(p_id uuid, p_child uuid, p_reason text, p_hours integer, p_told uuid[], p_above uuid[], p_now timestamptz, p_says text, p_source text, p_link text)
returns uuid[] language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_tied uuid[];
  v_outside uuid[];
  v_told uuid[];
  v_role text;
begin
  select tied into v_tied from child where school_id = scope_school() and id = p_child;
  select p.role into v_role from appointment p where p.school_id = scope_school() and p.adult_id = scope_adult() and p.starts_at <= p_now
    and (p.ends_at is null or p.ends_at > p_now) and scope_holds(array[p.role])
    and p.role in ('headteacher', 'deputy-headteacher', 'senior-leader', 'designated-teacher', 'senco', 'mental-health-lead', 'attendance-lead')
    order by p.starts_at, p.id limit 1;
  if v_tied is null or v_role is null or scope_adult() = any (v_tied) or (p_told || p_above) && v_tied
     or exists (select from unnest(p_told || p_above) t where not exists (select from adult a where a.school_id = scope_school() and a.id = t)) then
    raise exception 'nobody breaks the glass so' using errcode = 'insufficient_privilege';
  end if;
  v_outside := array(select distinct o from (select unnest(v_tied) union select unnest(k.excluded) from concern_child k
    where k.school_id = scope_school() and k.child_id = p_child and k.moved_to is null) as x (o) where o <> scope_adult());
  v_told := array(select t from unnest(p_told) t where not (t = any (v_outside)));
  if cardinality(v_told) = 0 then
    v_told := array(select t from unnest(p_above) t where not (t = any (v_outside)));
  end if;
  if cardinality(v_told) = 0 then
    return v_told;
  end if;
  insert into glass_break (school_id, id, child_id, adult_id, role, reason, begun_at, ends_at, told, excluded)
    values (scope_school(), p_id, p_child, scope_adult(), v_role, p_reason, p_now, p_now + make_interval(hours => p_hours), v_told, v_outside);
  insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at)
    select scope_school(), gen_random_uuid(), t, 'break-glass', true, p_says, p_source, p_link, p_now from unnest(v_told) t;
  return v_told;
end $$;
comment on function glass_break_open is 'Opens one child''s file for some hours to whoever acts, and tells those who answer for it, in one statement: neither is done without the other. Gives who was told; nobody, and nothing is opened, where each of them is outside.';
comment on column glass_break.excluded is 'Tied to the child, or outside a concern about the child, when it was done.';
revoke execute on function glass_break_open(uuid, uuid, text, integer, uuid[], uuid[], timestamptz, text, text, text) from public;
grant execute on function glass_break_open(uuid, uuid, text, integer, uuid[], uuid[], timestamptz, text, text, text) to holdfast_app;

-- A tie that is declared afterwards puts its adult outside what was done before.
do $$
declare
  v_exclude text := pg_get_functiondef('concerns_of_child_exclude(uuid, uuid[])'::regprocedure);
  v_from constant text := 'update share set excluded';
begin
  if position(v_from in v_exclude) = 0 then
    raise exception 'concerns_of_child_exclude is written otherwise than expected';
  end if;
  execute replace(v_exclude, v_from, $to$update glass_break set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and child_id = p_child;
  update share set excluded$to$);
end $$;
