-- Whoever opens no files and is given a challenge to answer stands in for that concern until the reply is written, by them or by
-- somebody else, or until it is passed to the next. It is no step of the route by which a concern goes on that nobody acknowledged.

do $$
declare v_check text;
begin
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[', $kinds$ARRAY['challenge-passed'::text, $kinds$);
end $$;
update alert set kind = 'challenge-passed' where kind = 'passed-on' and rule = 'concerns.still-worried';

create or replace function scope_enter(p_school uuid, p_adult uuid, p_account uuid, p_now timestamptz) returns text[] language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_roles text[];
  v_opens boolean;
  v_told uuid[];
begin
  perform scope_clear();
  execute format('set local app.school_id = %L', p_school);
  execute format('set local app.adult_id = %L', coalesce(p_adult::text, ''));
  execute format('set local app.account_id = %L', coalesce(p_account::text, ''));
  select coalesce(array_agg(distinct role), '{}') into v_roles from appointment
    where school_id = p_school and adult_id = p_adult and starts_at <= p_now and (ends_at is null or ends_at > p_now);
  v_opens := v_roles && (select file_roles from school where id = p_school);
  if v_opens then
    set local app.opens_files = 'on';
  else
    -- Only for a role still held, in which the person was told; and only while the concern is open, or what they were asked unanswered.
    v_told := array(select distinct a.concern_id from alert a
      where a.school_id = p_school and a.adult_id = p_adult and a.role = any (v_roles) and (a.kind in ('told', 'urgent', 'passed-on', 'handed-over')
        or (a.kind = 'challenge-passed' and exists (select from challenge h
          where h.school_id = p_school and h.concern_id = a.concern_id and h.to_id = p_adult and h.replied_at is null))));
    if cardinality(v_told) > 0 then
      execute format('set local app.stands_in = %L', coalesce((
        with stood as (select id from concern where school_id = p_school and id = any (v_told) and state <> 'closed' and not (p_adult = any (excluded)))
        select string_agg(id::text, ',') from (
          select id from stood
          union select r.id from stood s join referral r on r.school_id = p_school and r.concern_id = s.id
          union select k.child_id from stood s join concern_child k on k.school_id = p_school and k.concern_id = s.id) ids), ''));
    end if;
  end if;
  if 'system-administrator' = any (v_roles) then
    set local app.administers = 'on';
  end if;
  if v_opens or 'system-administrator' = any (v_roles) or nullif(current_setting('app.stands_in', true), '') is not null then
    execute format('set local app.tied_to = %L', coalesce((
      select string_agg(id::text, ',') from child where tied @> array[p_adult] and school_id = p_school), ''));
  end if;
  execute format('set local app.roles = %L', v_roles);
  return v_roles;
end $$;

-- Whoever was given it reads it while it waits for them; afterwards they have no more of it than anybody else.
alter policy challenge_read on challenge using (school_id = scope_school() and (scope_is_worker() or by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false)
    and (scope_opens_files() or (to_id = scope_adult() and replied_at is null) or scope_stands_in(concern_id)))));
