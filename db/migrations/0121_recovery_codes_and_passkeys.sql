-- What somebody may prove themselves with besides the code of an authenticator: recovery codes on paper, and passkeys.

create table recovery_code (
  account_id uuid not null references account (id),
  selector text not null check (length(selector) = 4),
  hash text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, selector)
);
comment on table recovery_code is 'Codes on paper for whoever is without their telephone. Each works once; new ones take the place of all before.';
comment on column recovery_code.selector is 'The first group of the code: it says which code is meant, so that one digest is compared and not ten.';
comment on column recovery_code.hash is 'argon2id in PHC format, of the other groups.';
alter table recovery_code enable row level security;

create table passkey (
  account_id uuid not null references account (id),
  id uuid not null,
  credential_id bytea not null unique,
  public_key bytea not null,
  sign_count bigint not null,
  name text not null check (length(name) between 1 and 60),
  transports text[] not null default '{}',
  synced boolean not null,
  made_at timestamptz not null,
  last_used_at timestamptz,
  primary key (account_id, id)
);
comment on table passkey is 'Public keys whose private halves never leave a person''s device or password manager.';
comment on column passkey.sign_count is 'Uses as the device counts them, 0 where it does not. A count that does not grow comes from a copy of the key.';
comment on column passkey.synced is 'The key is copied between the person''s devices by whoever made them.';
alter table passkey enable row level security;

create table passkey_challenge (
  digest bytea primary key,
  forget_at timestamptz not null
);
comment on table passkey_challenge is 'Challenges that were answered, until they would be too old in any case: each is answered once.';
create index passkey_challenge_by_time on passkey_challenge (forget_at);
alter table passkey_challenge enable row level security;

create or replace function account_code() returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('email', email, 'sealed', encode(code_secret_sealed, 'base64'), 'last_step', code_last_step,
    'recovery_left', (select count(*) from recovery_code r where r.account_id = account.id and r.used_at is null),
    'passkeys', (select count(*) from passkey k where k.account_id = account.id))
  from account where id = scope_account()
$$;
comment on function account_code is 'The sealed secret of one''s own authenticator and the last step used; how many recovery codes are left, and how many passkeys there are.';

create function recovery_codes_set(p_codes jsonb, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from recovery_code where account_id = scope_account();
  insert into recovery_code (account_id, selector, hash, made_at)
    select scope_account(), c.selector, c.hash, p_now from jsonb_to_recordset(p_codes) as c (selector text, hash text);
end $$;
comment on function recovery_codes_set is 'Gives the account in scope new recovery codes; those before are gone.';

create function recovery_code_hash(p_selector text) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select hash from recovery_code where account_id = scope_account() and selector = p_selector and used_at is null
$$;
comment on function recovery_code_hash is 'What one of one''s own unused recovery codes is compared with.';

create function session_raise_by_recovery(p_session uuid, p_digest bytea, p_selector text, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update recovery_code set used_at = p_now where account_id = scope_account() and selector = p_selector and used_at is null;
  if not found then
    return false;
  end if;
  update session set token_digest = p_digest, second_factor_at = p_now where id = p_session and account_id = scope_account() and ended_at is null;
  return found;
end $$;
comment on function session_raise_by_recovery is 'Uses up a recovery code and gives its session the second factor and a new token. False when the code was used before.';

create function recovery_mail(p_adult uuid) returns jsonb language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  return (select jsonb_build_object('email', c.email, 'used_at', max(r.used_at), 'left', count(*) filter (where r.used_at is null))
    from adult a join account c on c.id = a.account_id and c.disabled_at is null join recovery_code r on r.account_id = c.id
    where a.school_id = scope_school() and a.id = p_adult group by c.email having max(r.used_at) is not null);
end $$;
comment on function recovery_mail is 'For background work: whom to tell that a recovery code of theirs was used, when it was, and how many are left.';

create function passkey_list() returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'credential', encode(credential_id, 'base64'), 'name', name, 'transports', transports, 'synced', synced,
    'made_at', to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'last_used_at', to_char(last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by made_at), '[]')
  from passkey where account_id = scope_account()
$$;
comment on function passkey_list is 'One''s own passkeys.';

create function passkey_add(p_id uuid, p_credential bytea, p_key bytea, p_count bigint, p_name text, p_transports text[], p_synced boolean, p_now timestamptz)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if scope_account() is null then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  insert into passkey (account_id, id, credential_id, public_key, sign_count, name, transports, synced, made_at)
    values (scope_account(), p_id, p_credential, p_key, p_count, p_name, p_transports, p_synced, p_now) on conflict (credential_id) do nothing;
  return found;
end $$;
comment on function passkey_add is 'Adds a passkey to the account in scope. False where that very key is somebody''s already.';

create function passkey_remove(p_id uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from passkey where account_id = scope_account() and id = p_id;
  return found;
end $$;
comment on function passkey_remove is 'Removes one of one''s own passkeys.';

create function passkey_find(p_credential bytea) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('id', k.id, 'account_id', k.account_id, 'public_key', encode(k.public_key, 'base64'), 'sign_count', k.sign_count,
    'disabled', c.disabled_at is not null)
  from passkey k join account c on c.id = k.account_id where k.credential_id = p_credential
$$;
comment on function passkey_find is 'What checking an answer of a passkey needs. Called before any scope exists.';

create function passkey_use(p_account uuid, p_id uuid, p_count bigint, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update passkey set sign_count = p_count, last_used_at = p_now
    where account_id = p_account and id = p_id and (p_count > sign_count or (p_count = 0 and sign_count = 0));
  return found;
end $$;
comment on function passkey_use is 'Counts a use of a passkey. False where the count did not grow: somebody has a copy.';

create function session_raise_by_passkey(p_session uuid, p_digest bytea, p_id uuid, p_count bigint, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if not passkey_use(scope_account(), p_id, p_count, p_now) then
    return false;
  end if;
  update session set token_digest = p_digest, second_factor_at = p_now where id = p_session and account_id = scope_account() and ended_at is null;
  return found;
end $$;
comment on function session_raise_by_passkey is 'Counts a use of one''s own passkey and gives the session the second factor and a new token.';

create function passkey_challenge_take(p_digest bytea, p_forget timestamptz, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  delete from passkey_challenge where forget_at < p_now;
  insert into passkey_challenge (digest, forget_at) values (p_digest, p_forget) on conflict (digest) do nothing;
  return found;
end $$;
comment on function passkey_challenge_take is 'Uses a challenge up. False where it was answered before.';

-- A passkey stays with its owner as an authenticator does, and goes with it.
create or replace function invitation_is_ready(v invitation, p_now timestamptz) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select v.confirmed or not adult_is_guarded(v.school_id, v.adult_id, p_now)
    or (v.kind = 'again' and exists (select from adult a join account c on c.id = a.account_id where a.school_id = v.school_id and a.id = v.adult_id
      and (c.code_secret_sealed is not null or exists (select from passkey k where k.account_id = c.id))))
    or not exists (select from appointment p join adult o on o.school_id = p.school_id and o.id = p.adult_id and o.account_id is not null
      where p.school_id = v.school_id and o.id <> v.adult_id and role_is_guarded(p.school_id, p.role))
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
    if v_lifts then
      delete from recovery_code where account_id = v_account.id;
      delete from passkey where account_id = v_account.id;
    end if;
    v_sessions := account_sessions_end(v_account.id, null, p_now);
  end if;
  update invitation set used_at = p_now where school_id = v.school_id and id = v.id;
  update adult set account_id = v_account.id, name = p_name where school_id = v.school_id and id = v_adult.id;
  return jsonb_build_object('school_id', v.school_id, 'adult_id', v_adult.id, 'account_id', v_account.id, 'kind', v.kind,
    'renamed', v_adult.name <> p_name, 'sessions', v_sessions);
end $$;
comment on function invitation_accept is 'Uses an invitation up: the account opens with this password, and an earlier authenticator is gone with its recovery codes and passkeys, unless one person alone asked for a mail to somebody who opens files. An account that is open at another school keeps its own.';

grant execute on function recovery_codes_set(jsonb, timestamptz), recovery_code_hash(text), session_raise_by_recovery(uuid, bytea, text, timestamptz),
  recovery_mail(uuid), passkey_list(), passkey_add(uuid, bytea, bytea, bigint, text, text[], boolean, timestamptz), passkey_remove(uuid), passkey_find(bytea),
  passkey_use(uuid, uuid, bigint, timestamptz), session_raise_by_passkey(uuid, bytea, uuid, bigint, timestamptz),
  passkey_challenge_take(bytea, timestamptz, timestamptz) to holdfast_app;
