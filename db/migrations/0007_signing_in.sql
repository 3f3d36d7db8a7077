-- What signing in needs beyond sessions: tries that are slowed down, codes that work once, and whose form a lost form was.

create table sign_in_try (
  key bytea primary key,
  failures integer not null,
  failed_at timestamptz not null
);
comment on table sign_in_try is 'Wrong passwords and codes in a row, by a keyed digest of what was tried: an address that no account has is counted like any other, so that waiting reveals nothing. It slows down and never locks out.';
create index sign_in_try_by_time on sign_in_try (failed_at);
alter table sign_in_try enable row level security;
create policy sign_in_try_all on sign_in_try using (true) with check (true);
grant select, insert, update, delete on sign_in_try to holdfast_app;

drop function sign_in_failed(text, timestamptz);
alter table account drop column failures, drop column failed_at;

create or replace function sign_in_account(p_email text) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('id', id, 'password_hash', password_hash, 'disabled', disabled_at is not null)
  from account where email = p_email
$$;
comment on function sign_in_account is 'What checking a password needs, for one address. Called before any scope exists.';

create function account_schools(p_account uuid, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'adult_id', a.id) order by s.name), '[]')
  from adult a join school s on s.id = a.school_id
  where a.account_id = p_account and exists (select 1 from appointment p where p.school_id = a.school_id and p.adult_id = a.id
    and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now))
$$;
comment on function account_schools is 'The schools where the person behind an account holds an appointment now: those they can sign in to.';

create function account_code() returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('email', email, 'sealed', encode(code_secret_sealed, 'base64'), 'last_step', code_last_step)
  from account where id = scope_account()
$$;
comment on function account_code is 'The sealed secret of one''s own authenticator, and the last step used.';

create function account_code_set(p_sealed bytea, p_step bigint) returns void language sql security definer set search_path = public, pg_temp as $$
  update account set code_secret_sealed = p_sealed, code_last_step = p_step where id = scope_account()
$$;
comment on function account_code_set is 'Sets one''s own authenticator; the code that proved it is used up.';

create function account_password() returns text language sql stable security definer set search_path = public, pg_temp as $$
  select password_hash from account where id = scope_account()
$$;
comment on function account_password is 'The hash of one''s own password, for checking it before it is changed.';

create function account_password_set(p_hash text) returns void language sql security definer set search_path = public, pg_temp as $$
  update account set password_hash = p_hash where id = scope_account()
$$;
comment on function account_password_set is 'Changes one''s own password.';

drop function session_start(uuid, bytea, uuid, uuid, timestamptz, timestamptz, bytea, timestamptz, bigint);
create function session_start(p_id uuid, p_digest bytea, p_account uuid, p_school uuid, p_now timestamptz, p_expires timestamptz, p_form_secret bytea,
  p_second_factor_at timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into session (id, token_digest, account_id, school_id, started_at, last_seen_at, expires_at, second_factor_at, form_secret)
    values (p_id, p_digest, p_account, p_school, p_now, p_now, p_expires, p_second_factor_at, p_form_secret)
$$;
comment on function session_start is 'Opens a session.';

create function session_raise(p_session uuid, p_digest bytea, p_step bigint, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update account set code_last_step = p_step where id = scope_account() and code_last_step < p_step;
  if not found then
    return false;
  end if;
  update session set token_digest = p_digest, second_factor_at = p_now where id = p_session and account_id = scope_account() and ended_at is null;
  return found;
end $$;
comment on function session_raise is 'Uses up a code and gives its session the second factor and a new token, so that a token seen earlier opens no file. False when the code was used before.';

create function form_owner(p_session uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('account_id', s.account_id, 'school_id', s.school_id, 'adult_id', a.id, 'form_secret', encode(s.form_secret, 'hex'))
  from session s left join adult a on a.school_id = s.school_id and a.account_id = s.account_id where s.id = p_session
$$;
comment on function form_owner is 'Who a form was drawn for, whoever sends it now: a form that cannot be taken is kept for them.';

create function demonstration_people(p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('account_id', c.id, 'email', c.email, 'name', a.name, 'job_title', a.job_title, 'school', s.name,
    'roles', (select coalesce(jsonb_agg(distinct p.role), '[]') from appointment p where p.school_id = a.school_id and p.adult_id = a.id
      and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now)),
    'sealed', encode(c.code_secret_sealed, 'base64'), 'last_step', c.code_last_step) order by s.name, a.name), '[]')
  from installation i join account c on c.demonstration and i.kind = 'demonstration'
    join adult a on a.account_id = c.id join school s on s.id = a.school_id
  where c.disabled_at is null
$$;
comment on function demonstration_people is 'Everybody who can sign in to a demonstration; nobody where the installation is live.';

-- Every right comes from an appointment: whoever holds none here any more is outside from that minute, with all their sessions.
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
    'second_factor_at', s.second_factor_at, 'adult_id', a.id, 'name', a.name, 'roles', v_roles,
    'school', jsonb_build_object('id', v_school.id, 'key', v_school.key, 'name', v_school.name, 'demonstration', v_school.demonstration,
      'visitor_token', v_school.visitor_token, 'file_roles', v_school.file_roles),
    'alerts', (select count(*) from alert where school_id = a.school_id and adult_id = a.id and seen_at is null and not (a.id = any (excluded))),
    'receipt', case when p_key is null then null else receipt_take(s.school_id, p_key, a.id, p_path, p_now) end);
end $$;

grant execute on function sign_in_account(text), account_schools(uuid, timestamptz), account_code(), account_code_set(bytea, bigint), account_password(),
  account_password_set(text), session_start(uuid, bytea, uuid, uuid, timestamptz, timestamptz, bytea, timestamptz), session_raise(uuid, bytea, bigint, timestamptz),
  form_owner(uuid), demonstration_people(timestamptz) to holdfast_app;
