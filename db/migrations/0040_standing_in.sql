-- Whoever comes next in a route when the safeguarding team is away (a head, a senior leader) stands in for it on the concerns
-- that they were told of, and on nothing else. Whoever is tied to a child is outside that child's contacts, addresses and
-- statuses. Both are lists of ids in the scope of the transaction, because a policy may not look into another table.

create function scope_list(p_name text) returns uuid[] language sql stable parallel safe as
  $$ select coalesce(string_to_array(nullif(current_setting(p_name, true), ''), ',')::uuid[], '{}') $$;
create function scope_stands_in(p_id uuid) returns boolean language sql stable parallel safe as
  $$ select coalesce(p_id = any (string_to_array(nullif(current_setting('app.stands_in', true), ''), ',')::uuid[]), false) $$;
comment on function scope_stands_in is 'Is this a concern, or a child or a referral of one, that the actor was told of in the safeguarding team''s place?';
create function scope_tied_to(p_child uuid) returns boolean language sql stable parallel safe as
  $$ select coalesce(p_child = any (string_to_array(nullif(current_setting('app.tied_to', true), ''), ',')::uuid[]), false) $$;
comment on function scope_tied_to is 'Is the actor a parent or relative of this child, or of their household?';
grant execute on function scope_list(text), scope_stands_in(uuid), scope_tied_to(uuid) to holdfast_app;

create index child_tied on child using gin (tied);

create or replace function scope_clear() returns void language plpgsql as $$
begin
  set local app.school_id = '';
  set local app.adult_id = '';
  set local app.account_id = '';
  set local app.opens_files = '';
  set local app.worker = '';
  set local app.administers = '';
  set local app.stands_in = '';
  set local app.tied_to = '';
end $$;

create or replace function scope_enter(p_school uuid, p_adult uuid, p_account uuid, p_now timestamptz) returns text[] language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_roles text[];
  v_opens boolean;
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
    -- Only for a role still held, in which the person was told; and only while the concern is open.
    execute format('set local app.stands_in = %L', coalesce((
      with stood as (select distinct a.concern_id from alert a join concern c on c.school_id = p_school and c.id = a.concern_id
        where a.school_id = p_school and a.adult_id = p_adult and a.kind in ('told', 'urgent', 'passed-on', 'handed-over') and a.role = any (v_roles)
          and c.state <> 'closed' and not (p_adult = any (c.excluded)))
      select string_agg(id::text, ',') from (
        select concern_id as id from stood
        union select r.id from stood s join referral r on r.school_id = p_school and r.concern_id = s.concern_id
        union select k.child_id from stood s join concern_child k on k.school_id = p_school and k.concern_id = s.concern_id) ids), ''));
  end if;
  if 'system-administrator' = any (v_roles) then
    set local app.administers = 'on';
  end if;
  if v_opens or 'system-administrator' = any (v_roles) or nullif(current_setting('app.stands_in', true), '') is not null then
    execute format('set local app.tied_to = %L', coalesce((
      select string_agg(id::text, ',') from child where tied @> array[p_adult] and school_id = p_school), ''));
  end if;
  return v_roles;
end $$;

create or replace function session_enter(p_digest bytea, p_now timestamptz, p_idle interval, p_key uuid, p_path text) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  s session;
  a adult;
  v_school school;
  v_roles text[];
begin
  perform scope_clear();
  select * into s from session where token_digest = p_digest;
  if s.id is null then
    return jsonb_build_object('state', 'none');
  end if;
  if s.ended_at is not null or s.expires_at <= p_now or s.last_seen_at + p_idle <= p_now
     or exists (select 1 from account where id = s.account_id and disabled_at is not null) then
    return jsonb_build_object('state', 'ended', 'account_id', s.account_id, 'school_id', s.school_id);
  end if;
  if s.last_seen_at < p_now - interval '1 minute' then
    update session set last_seen_at = p_now where id = s.id;
  end if;
  execute format('set local app.account_id = %L', s.account_id);
  if s.school_id is null then
    return jsonb_build_object('state', 'no-school', 'session_id', s.id, 'account_id', s.account_id, 'form_secret', encode(s.form_secret, 'hex'));
  end if;
  select * into a from adult where school_id = s.school_id and account_id = s.account_id;
  select * into v_school from school where id = s.school_id;
  if a.id is null then
    return jsonb_build_object('state', 'none');
  end if;
  v_roles := scope_enter(s.school_id, a.id, s.account_id, p_now);
  if cardinality(v_roles) = 0 then
    perform scope_clear();
    return jsonb_build_object('state', 'ended', 'account_id', s.account_id, 'school_id', s.school_id);
  end if;
  return jsonb_build_object('state', 'open', 'session_id', s.id, 'account_id', s.account_id, 'form_secret', encode(s.form_secret, 'hex'),
    'second_factor_at', s.second_factor_at, 'stands_in', scope_list('app.stands_in'), 'adult_id', a.id, 'name', a.name, 'roles', v_roles,
    'school', jsonb_build_object('id', v_school.id, 'key', v_school.key, 'name', v_school.name, 'demonstration', v_school.demonstration,
      'visitor_token', v_school.visitor_token, 'file_roles', v_school.file_roles),
    'alerts', (select count(*) from alert where school_id = a.school_id and adult_id = a.id and seen_at is null and not (a.id = any (excluded))),
    'receipt', case when p_key is null then null else receipt_take(s.school_id, p_key, a.id, p_path, p_now) end);
end $$;

-- Every policy that lets the safeguarding team in lets in whoever stands in for it, by the id that its rows carry.
do $$
declare
  p record;
  v_key text;
begin
  for p in select tablename, policyname, qual, with_check from pg_policies where schemaname = 'public'
    and tablename in ('concern', 'concern_account', 'concern_child', 'concern_adult', 'body_mark', 'addendum', 'attachment', 'alert', 'clock', 'triage', 'decision',
      'parent_contact', 'referral', 'referral_event', 'action', 'closure')
    and (qual like '%scope_opens_files()%' or with_check like '%scope_opens_files()%') loop
    v_key := case p.tablename when 'concern' then 'id' when 'referral_event' then 'referral_id' else 'concern_id' end;
    if p.qual is not null then
      execute format('alter policy %I on %I using (%s)', p.policyname, p.tablename,
        replace(p.qual, 'scope_opens_files()', format('(scope_opens_files() or scope_stands_in(%I))', v_key)));
    end if;
    if p.with_check is not null then
      execute format('alter policy %I on %I with check (%s)', p.policyname, p.tablename,
        replace(p.with_check, 'scope_opens_files()', format('(scope_opens_files() or scope_stands_in(%I))', v_key)));
    end if;
  end loop;
end $$;

drop policy child_contact_file on child_contact;
create policy child_contact_file on child_contact using (school_id = scope_school() and (scope_opens_files() or scope_administers() or scope_stands_in(child_id))
  and not scope_tied_to(child_id)) with check (school_id = scope_school());
drop policy child_address_file on child_address;
create policy child_address_file on child_address using (school_id = scope_school() and (scope_opens_files() or scope_administers() or scope_stands_in(child_id))
  and not scope_tied_to(child_id)) with check (school_id = scope_school());
drop policy child_status_file on child_status;
create policy child_status_file on child_status using (school_id = scope_school() and (scope_is_worker() or ((scope_opens_files() or scope_stands_in(child_id))
  and not scope_tied_to(child_id)))) with check (school_id = scope_school());
