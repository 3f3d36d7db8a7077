-- Whoever keeps accounts is not thereby able to read files: where an account opens files, or may appoint those who do, two persons
-- must agree that a mail brings its owner in, and an administrator gives such a role to nobody who can sign in already.

alter table invitation add column address text not null default '';
alter table invitation add column by_leader boolean not null default false;
alter table invitation add column confirmed boolean not null default false;
comment on column invitation.address is 'Where the mail goes, as it was when the invitation was made. It opens nothing once the address is another.';
comment on column invitation.by_leader is 'Whoever made it was then the head or opened files.';
comment on column invitation.confirmed is 'Two persons have asked for it, one of them the head or somebody who opens files.';
update invitation v set address = coalesce((select c.email from account c where c.id = a.account_id), lower(a.email), '')
  from adult a where a.school_id = v.school_id and a.id = v.adult_id;

create function role_is_guarded(p_school uuid, p_role text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select p_role = 'headteacher' or p_role = any (file_roles) from school where id = p_school
$$;
comment on function role_is_guarded is 'Whether a role opens welfare files at this school, or appoints those who do.';

create function adult_is_guarded(p_school uuid, p_adult uuid, p_now timestamptz) returns boolean language sql stable security definer
set search_path = public, pg_temp as $$
  select exists (select from adult a join adult o on (o.school_id = a.school_id and o.id = a.id) or o.account_id = a.account_id
      or (a.account_id is null and o.account_id = (select c.id from account c where c.email = lower(a.email)))
    join appointment p on p.school_id = o.school_id and p.adult_id = o.id and (p.ends_at is null or p.ends_at > p_now) and role_is_guarded(p.school_id, p.role)
    where a.school_id = p_school and a.id = p_adult)
$$;
comment on function adult_is_guarded is 'Whether the account that this adult has, or would come to, holds or will hold such a role, here or at another school.';

-- The first of a school have nobody beside them. Once there was somebody, ending their appointments makes nobody the first again.
create function invitation_is_ready(v invitation, p_now timestamptz) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select v.confirmed or not adult_is_guarded(v.school_id, v.adult_id, p_now)
    or (v.kind = 'again' and exists (select from adult a join account c on c.id = a.account_id where a.school_id = v.school_id and a.id = v.adult_id and c.code_secret_sealed is not null))
    or not exists (select from appointment p join adult o on o.school_id = p.school_id and o.id = p.adult_id and o.account_id is not null
      where p.school_id = v.school_id and o.id <> v.adult_id and role_is_guarded(p.school_id, p.role))
$$;
comment on function invitation_is_ready is 'Whether an invitation may go out and be used: one person alone restores no more than a password beside an authenticator that stays.';

create or replace function invitation_make(p_id uuid, p_adult uuid, p_now timestamptz, p_expires timestamptz) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_adult adult;
  v_account account;
  v_leads boolean := scope_opens_files() or scope_holds('{headteacher}');
  v_address text;
  v_confirmed boolean;
  v invitation;
begin
  if v_school is null or not (v_leads or scope_holds('{system-administrator,human-resources}')) then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  select * into v_adult from adult where school_id = v_school and id = p_adult for update;
  if v_adult.id is null then
    return jsonb_build_object('fault', 'no-such-adult');
  end if;
  -- Whoever has an account is written to at the address of the account: changing what the school knows takes nobody's account over.
  select * into v_account from account where id = v_adult.account_id;
  v_address := coalesce(v_account.email, lower(v_adult.email), '');
  if v_address = '' then
    return jsonb_build_object('fault', 'no-address');
  end if;
  if v_account.id is null and exists (select from account c join adult o on o.account_id = c.id and o.school_id = v_school where c.email = v_address) then
    return jsonb_build_object('fault', 'address-taken');
  end if;
  v_confirmed := scope_adult() <> p_adult and exists (select from invitation where school_id = v_school and adult_id = p_adult and used_at is null
    and withdrawn_at is null and expires_at > p_now and address = v_address and (confirmed or (sent_by not in (scope_adult(), p_adult) and (v_leads or by_leader))));
  update invitation set withdrawn_at = p_now where school_id = v_school and adult_id = p_adult and used_at is null and withdrawn_at is null;
  insert into invitation (school_id, id, adult_id, kind, sent_by, made_at, expires_at, address, by_leader, confirmed)
    values (v_school, p_id, p_adult, case when v_account.id is null then 'first' else 'again' end, scope_adult(), p_now, p_expires, v_address, v_leads, v_confirmed)
    returning * into v;
  return jsonb_build_object('kind', v.kind, 'ready', invitation_is_ready(v, p_now), 'confirmed', v_confirmed,
    'sessions', case when v_account.id is null then 0 else account_sessions_end(v_account.id, null, p_now) end);
end $$;

create or replace function invitation_mail(p_adult uuid, p_digest bytea, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v invitation;
begin
  if v_school is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  select * into v from invitation where school_id = v_school and adult_id = p_adult and used_at is null and withdrawn_at is null and expires_at > p_now
    order by made_at desc limit 1 for update;
  if v.id is null or not invitation_is_ready(v, p_now) then
    return null;
  end if;
  update invitation set token_digest = p_digest, mailed_at = p_now where school_id = v_school and id = v.id;
  return jsonb_build_object('email', v.address, 'kind', v.kind, 'expires_at', v.expires_at);
end $$;

create or replace function invitation_open(p_digest bytea, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('school_id', v.school_id, 'school', s.name, 'demonstration', s.demonstration, 'adult_id', a.id, 'name', a.name,
    'email', v.address, 'kind', v.kind,
    'joins', v.kind = 'first' and exists (select from account k where k.email = v.address and k.password_hash is not null and k.disabled_at is null))
  from invitation v join school s on s.id = v.school_id join adult a on a.school_id = v.school_id and a.id = v.adult_id left join account c on c.id = a.account_id
  where v.token_digest = p_digest and v.used_at is null and v.withdrawn_at is null and v.expires_at > p_now
    and v.address = coalesce(c.email, lower(a.email)) and (v.kind = 'again') = (c.id is not null) and invitation_is_ready(v, p_now)
$$;

create or replace function invitation_accept(p_digest bytea, p_now timestamptz, p_account uuid, p_hash text, p_name text) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v invitation;
  v_adult adult;
  v_account account;
  v_lifts boolean;
  v_sessions integer := 0;
begin
  select * into v from invitation where token_digest = p_digest and used_at is null and withdrawn_at is null and expires_at > p_now for update;
  -- Asked once more under the lock: the address, or what the person may open, may have changed since the mail went out.
  if v.id is null or invitation_open(p_digest, p_now) is null then
    return null;
  end if;
  select * into v_adult from adult where school_id = v.school_id and id = v.adult_id for update;
  v_lifts := v.confirmed or not adult_is_guarded(v.school_id, v.adult_id, p_now);
  if v.kind = 'again' then
    select * into v_account from account where id = v_adult.account_id for update;
  else
    select * into v_account from account where email = v.address for update;
  end if;
  if v_account.id is null then
    insert into account (id, email, password_hash, demonstration, created_at)
      select p_account, v.address, p_hash, s.demonstration, p_now from school s where s.id = v.school_id returning * into v_account;
  elsif v.kind = 'again' or v_account.password_hash is null or v_account.disabled_at is not null then
    update account set password_hash = p_hash, disabled_at = null, code_secret_sealed = case when v_lifts then null else code_secret_sealed end,
      code_last_step = case when v_lifts then 0 else code_last_step end where id = v_account.id;
    v_sessions := account_sessions_end(v_account.id, null, p_now);
  end if;
  update invitation set used_at = p_now where school_id = v.school_id and id = v.id;
  update adult set account_id = v_account.id, name = p_name where school_id = v.school_id and id = v_adult.id;
  return jsonb_build_object('school_id', v.school_id, 'adult_id', v_adult.id, 'account_id', v_account.id, 'kind', v.kind,
    'renamed', v_adult.name <> p_name, 'sessions', v_sessions);
end $$;
comment on function invitation_accept is 'Uses an invitation up: the account opens with this password, and an earlier authenticator is gone, unless one person alone asked for a mail to somebody who opens files. An account that is open at another school keeps its own.';

create or replace function adult_account(p_adult uuid, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('state', case when c.id is null then 'none' when c.disabled_at is not null then 'closed' else 'open' end,
    'invitedUntil', to_char(v.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'needsSecond', coalesce(not v.confirmed and adult_is_guarded(a.school_id, a.id, p_now), false), 'isReady', v.id is null or invitation_is_ready(v, p_now))
  from adult a left join account c on c.id = a.account_id left join invitation v on v.school_id = a.school_id and v.adult_id = a.id
    and v.used_at is null and v.withdrawn_at is null and v.expires_at > p_now
  where a.school_id = scope_school() and a.id = p_adult order by v.made_at desc limit 1
$$;

create function appointment_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or scope_holds('{headteacher}') or not role_is_guarded(new.school_id, new.role)
    or exists (select from adult where school_id = new.school_id and id = new.adult_id and account_id is null) then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if old.ends_at is null or (new.ends_at is not null and new.ends_at <= old.ends_at) then
      return new;
    end if;
  elsif exists (select from appointment p where p.school_id = new.school_id and p.adult_id = new.adult_id and p.ends_at is null and role_is_guarded(p.school_id, p.role)) then
    return new;
  end if;
  raise exception 'the head alone gives this role to somebody who can sign in' using errcode = '42501';
end $$;
create trigger appointment_guard before insert or update on appointment for each row execute function appointment_guard();
