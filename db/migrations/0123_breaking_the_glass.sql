-- Breaking the glass: somebody who opens no files reads one child's file for some hours, with a reason. Those who answer for the
-- files are told in the same statement, and it stays open until one of them has reviewed it.

create table glass_break (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  adult_id uuid not null,
  role text not null,
  reason text not null check (reason <> ''),
  begun_at timestamptz not null,
  ends_at timestamptz not null,
  told uuid[] not null check (cardinality(told) > 0),
  reviewed_at timestamptz,
  reviewed_by uuid,
  outcome text check (outcome in ('justified', 'not-justified')),
  says text check (says <> ''),
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (begun_at < ends_at and ends_at <= begun_at + interval '24 hours'),
  check (not adult_id = any (told)),
  check (reviewed_by is distinct from adult_id or reviewed_by is null),
  check ((reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (outcome is null) and (reviewed_at is null) = (says is null)),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id),
  foreign key (school_id, reviewed_by) references adult (school_id, id)
);
comment on table glass_break is 'Somebody who opens no files read one child''s file for a while, with a reason. Those who were told of it at once review it.';
comment on column glass_break.role is 'The post in which it was done: without it the file closes before its time.';
comment on column glass_break.told is 'Who was told at that moment.';
comment on column glass_break.excluded is 'Tied to the child when it was done.';
create index glass_break_by_adult on glass_break (school_id, adult_id, ends_at);
create index glass_break_open on glass_break (school_id, begun_at) where reviewed_at is null;

create function scope_broke_glass(p_id uuid) returns boolean language sql stable parallel safe as
  $$ select coalesce(p_id = any (string_to_array(nullif(current_setting('app.broke_glass', true), ''), ',')::uuid[]), false) $$;
comment on function scope_broke_glass is 'Is this a child whose file the actor reads for a while, or a concern about that child?';
grant execute on function scope_broke_glass(uuid) to holdfast_app;

do $$
declare
  v_clear text := pg_get_functiondef('scope_clear()'::regprocedure);
  v_enter text := pg_get_functiondef('scope_enter(uuid, uuid, uuid, timestamptz)'::regprocedure);
begin
  execute replace(v_clear, $from$set local app.stands_in = '';$from$, $to$set local app.stands_in = '';
  set local app.broke_glass = '';$to$);
  if position($mark$if 'system-administrator' = any (v_roles) then$mark$ in v_enter) = 0 then
    raise exception 'scope_enter is written otherwise than expected';
  end if;
  -- Only for a post still held, for the time that was said, until it is reviewed, and never for whoever is tied to the child.
  execute replace(v_enter, $from$if 'system-administrator' = any (v_roles) then$from$,
    $to$if not v_opens and v_roles && '{headteacher,deputy-headteacher,senior-leader,designated-teacher,senco,mental-health-lead,attendance-lead}' then
    execute format('set local app.broke_glass = %L', coalesce((
      with broken as (select g.child_id from glass_break g join child c on c.school_id = g.school_id and c.id = g.child_id
        where g.school_id = p_school and g.adult_id = p_adult and g.ends_at > p_now and g.begun_at <= p_now and g.reviewed_at is null
          and g.role = any (v_roles) and not (p_adult = any (c.tied)))
      select string_agg(id::text, ',') from (
        select child_id as id from broken
        union select k.concern_id from broken b join concern_child k on k.school_id = p_school and k.child_id = b.child_id and k.involvement = 'subject'
          and k.moved_to is null and not (p_adult = any (k.excluded))) ids), ''));
  end if;
  if 'system-administrator' = any (v_roles) then$to$);
end $$;

alter table glass_break enable row level security;
create policy glass_break_read on glass_break for select using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and (adult_id = scope_adult() or scope_adult() = any (told) or scope_opens_files() or scope_holds('{headteacher}')));
create policy glass_break_review on glass_break for update using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and adult_id <> scope_adult() and reviewed_at is null and (scope_adult() = any (told) or scope_opens_files() or scope_holds('{headteacher}')))
  with check (school_id = scope_school() and reviewed_by = scope_adult());
grant select on glass_break to holdfast_app;
grant update (ends_at, reviewed_at, reviewed_by, outcome, says) on glass_break to holdfast_app;

-- What the file shows for that while, beside the policies that stand: it is read, and nothing is written by it.
create policy entry_glass on entry for select using (school_id = scope_school() and scope_broke_glass(child_id) and not coalesce(scope_adult() = any (excluded), false));
create policy concern_account_glass on concern_account for select using (school_id = scope_school() and scope_broke_glass(concern_id)
  and not coalesce(scope_adult() = any (excluded), false));
create policy note_glass on note for select using (school_id = scope_school() and scope_broke_glass(child_id) and not coalesce(scope_adult() = any (excluded), false));
create policy child_contact_glass on child_contact for select using (school_id = scope_school() and scope_broke_glass(child_id));
create policy child_status_glass on child_status for select using (school_id = scope_school() and scope_broke_glass(child_id));

create function glass_break_open(p_id uuid, p_child uuid, p_reason text, p_hours integer, p_told uuid[], p_now timestamptz, p_says text, p_source text, p_link text)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_tied uuid[];
  v_role text;
begin
  select tied into v_tied from child where school_id = scope_school() and id = p_child;
  select p.role into v_role from appointment p where p.school_id = scope_school() and p.adult_id = scope_adult() and p.starts_at <= p_now
    and (p.ends_at is null or p.ends_at > p_now) and scope_holds(array[p.role])
    and p.role in ('headteacher', 'deputy-headteacher', 'senior-leader', 'designated-teacher', 'senco', 'mental-health-lead', 'attendance-lead')
    order by p.starts_at, p.id limit 1;
  if v_tied is null or v_role is null or scope_adult() = any (v_tied) or p_told && v_tied
     or exists (select from unnest(p_told) t where not exists (select from adult a where a.school_id = scope_school() and a.id = t)) then
    raise exception 'nobody breaks the glass so' using errcode = 'insufficient_privilege';
  end if;
  insert into glass_break (school_id, id, child_id, adult_id, role, reason, begun_at, ends_at, told, excluded)
    values (scope_school(), p_id, p_child, scope_adult(), v_role, p_reason, p_now, p_now + make_interval(hours => p_hours), p_told, v_tied);
  insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at)
    select scope_school(), gen_random_uuid(), t, 'break-glass', true, p_says, p_source, p_link, p_now from unnest(p_told) t;
  return true;
end $$;
comment on function glass_break_open is 'Opens one child''s file for some hours to whoever acts, and tells those who answer for it, in one statement: neither is done without the other.';
revoke execute on function glass_break_open(uuid, uuid, text, integer, uuid[], timestamptz, text, text, text) from public;
grant execute on function glass_break_open(uuid, uuid, text, integer, uuid[], timestamptz, text, text, text) to holdfast_app;
