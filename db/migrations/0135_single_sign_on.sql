-- Single sign-on by OpenID Connect: whom a school trusts to say who somebody is, and which account of theirs is whose here.

create table sign_in_provider (
  school_id uuid primary key references school (id),
  name text not null check (length(name) between 1 and 60),
  issuer text not null check (length(issuer) between 8 and 300),
  client_id text not null check (length(client_id) between 1 and 200),
  sealed bytea not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  foreign key (school_id, changed_by) references adult (school_id, id)
);
comment on table sign_in_provider is 'Whom a school trusts to say who somebody is: one OpenID provider at most. It speaks for this school alone.';
comment on column sign_in_provider.sealed is 'The client secret, under the school''s key. No page shows it again.';
alter table sign_in_provider enable row level security;

create table outside_identity (
  school_id uuid not null references school (id),
  issuer text not null check (length(issuer) between 8 and 300),
  subject text not null check (length(subject) between 1 and 255),
  account_id uuid not null references account (id),
  shown text not null check (length(shown) <= 254),
  bound_at timestamptz not null,
  last_used_at timestamptz,
  primary key (school_id, issuer, subject),
  unique (school_id, account_id)
);
comment on table outside_identity is 'Which account of a school''s provider is whose: by issuer and subject, never by an address.';
comment on column outside_identity.shown is 'What the provider called it when it was bound, for its owner to know it again. Nothing is matched by it.';
alter table outside_identity enable row level security;

alter table session add column provider_school_id uuid references school (id);
alter table session add constraint session_stays_with_its_provider check (provider_school_id is null or school_id = provider_school_id);
comment on column session.provider_school_id is 'The school whose provider said who it is, where one did: at any other school its word counts for nothing.';

grant select (provider_school_id) on session to holdfast_app;

drop function session_start(uuid, bytea, uuid, uuid, timestamptz, timestamptz, bytea, timestamptz);
create function session_start(p_id uuid, p_digest bytea, p_account uuid, p_school uuid, p_now timestamptz, p_expires timestamptz, p_form_secret bytea,
  p_second_factor_at timestamptz, p_provider_school uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into session (id, token_digest, account_id, school_id, started_at, last_seen_at, expires_at, second_factor_at, form_secret, provider_school_id)
    values (p_id, p_digest, p_account, p_school, p_now, p_now, p_expires, p_second_factor_at, p_form_secret, p_provider_school)
$$;
comment on function session_start is 'Opens a session; one that a school''s provider vouched for is of that school alone.';

create function account_is_used(p_account uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account c where c.id = p_account and c.disabled_at is null and (c.password_hash is not null
    or exists (select from outside_identity i where i.account_id = c.id) or exists (select from passkey k where k.account_id = c.id)))
$$;
comment on function account_is_used is 'For the functions beside it alone: whether somebody can sign in to an account, with a password or without one.';

create or replace function account_code() returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('email', email, 'sealed', encode(code_secret_sealed, 'base64'), 'last_step', code_last_step,
    'recovery_left', (select count(*) from recovery_code r where r.account_id = account.id and r.used_at is null),
    'passkeys', (select count(*) from passkey k where k.account_id = account.id),
    'has_password', password_hash is not null,
    'provider', (select p.name from sign_in_provider p where p.school_id = scope_school()),
    'outside', (select jsonb_build_object('shown', i.shown, 'bound_at', to_char(i.bound_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'works', exists (select from sign_in_provider p where p.school_id = i.school_id and p.issuer = i.issuer))
      from outside_identity i where i.account_id = account.id and i.school_id = scope_school()))
  from account where id = scope_account()
$$;
comment on function account_code is 'What one''s own account is proved with: the sealed secret of the authenticator and the last step used, how many recovery codes are left and passkeys there are, whether there is a password, and the account of the school''s provider.';

create function sign_in_providers() returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('school_id', s.id, 'school', s.name, 'name', p.name) order by s.name), '[]')
  from sign_in_provider p join school s on s.id = p.school_id
$$;
comment on function sign_in_providers is 'For the sign-in page: the schools that have a provider, and what they call it. Called before any scope exists.';

create function sign_in_provider_of(p_school uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('school_id', p.school_id, 'name', p.name, 'issuer', p.issuer, 'client_id', p.client_id, 'sealed', encode(p.sealed, 'base64'))
  from sign_in_provider p where p.school_id = p_school
$$;
comment on function sign_in_provider_of is 'What asking a school''s provider needs. Called before any scope exists; the secret is sealed.';

create function sign_in_provider_set(p_name text, p_issuer text, p_client text, p_sealed bytea, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not scope_holds('{system-administrator,headteacher}') then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  if p_sealed is null then
    update sign_in_provider set name = p_name, changed_at = p_now, changed_by = scope_adult()
      where school_id = scope_school() and issuer = p_issuer and client_id = p_client;
    return found;
  end if;
  insert into sign_in_provider (school_id, name, issuer, client_id, sealed, changed_at, changed_by)
    values (scope_school(), p_name, p_issuer, p_client, p_sealed, p_now, scope_adult())
    on conflict (school_id) do update set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id, sealed = excluded.sealed,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by;
  return true;
end $$;
comment on function sign_in_provider_set is 'Says whom the school in scope trusts. Without a secret the one there stays, and only while issuer and client stay: it is sent nowhere else. False where it cannot stay.';

create function sign_in_provider_remove() returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not scope_holds('{system-administrator,headteacher}') then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  delete from sign_in_provider where school_id = scope_school();
  return found;
end $$;
comment on function sign_in_provider_remove is 'The school in scope trusts no provider any more. Whose account is whose stays, for a return.';

create function outside_identity_find(p_school uuid, p_issuer text, p_subject text, p_now timestamptz) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_account uuid;
begin
  update outside_identity set last_used_at = p_now where school_id = p_school and issuer = p_issuer and subject = p_subject returning account_id into v_account;
  return (select jsonb_build_object('account_id', c.id, 'disabled', c.disabled_at is not null) from account c where c.id = v_account);
end $$;
comment on function outside_identity_find is 'Whose account a provider has just proved. Called before any scope exists.';

create function outside_identity_add(p_issuer text, p_subject text, p_shown text, p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if scope_school() is null or scope_account() is null or not exists (select from sign_in_provider where school_id = scope_school() and issuer = p_issuer) then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  if exists (select from outside_identity where school_id = scope_school() and issuer = p_issuer and subject = p_subject and account_id <> scope_account()) then
    return false;
  end if;
  delete from outside_identity where school_id = scope_school() and account_id = scope_account();
  insert into outside_identity (school_id, issuer, subject, account_id, shown, bound_at)
    values (scope_school(), p_issuer, p_subject, scope_account(), p_shown, p_now) on conflict do nothing;
  return found;
end $$;
comment on function outside_identity_add is 'Binds an account of the school''s provider to the account in scope, in place of any before. False where it is somebody else''s.';

create function outside_identity_remove() returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from outside_identity where school_id = scope_school() and account_id = scope_account()
    and exists (select from account c where c.id = scope_account() and (c.password_hash is not null or exists (select from passkey k where k.account_id = c.id)));
  return found;
end $$;
comment on function outside_identity_remove is 'Loosens one''s own account from the provider''s. False where there is none, or no other way to sign in would be left.';

create function outside_identity_mail(p_adult uuid) returns jsonb language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  return (select jsonb_build_object('email', c.email, 'shown', i.shown) from adult a join account c on c.id = a.account_id and c.disabled_at is null
    join outside_identity i on i.school_id = a.school_id and i.account_id = c.id where a.school_id = scope_school() and a.id = p_adult);
end $$;
comment on function outside_identity_mail is 'For background work: whom to tell that an account of the provider was bound to theirs.';

create or replace function invitation_open(p_digest bytea, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('school_id', v.school_id, 'school', s.name, 'demonstration', s.demonstration, 'adult_id', a.id, 'name', a.name,
    'email', v.address, 'kind', v.kind,
    'joins', v.kind = 'first' and exists (select from account k where k.email = v.address and account_is_used(k.id)),
    'without_password', exists (select from account k where k.email = v.address and account_is_used(k.id) and k.password_hash is null),
    'provider', (select p.name from sign_in_provider p where p.school_id = v.school_id))
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
  elsif v.kind = 'again' or not account_is_used(v_account.id) then
    update account set password_hash = p_hash, disabled_at = null, code_secret_sealed = case when v_lifts then null else code_secret_sealed end,
      code_last_step = case when v_lifts then 0 else code_last_step end where id = v_account.id;
    if v_lifts then
      delete from recovery_code where account_id = v_account.id;
      delete from passkey where account_id = v_account.id;
      delete from outside_identity where account_id = v_account.id;
    end if;
    v_sessions := account_sessions_end(v_account.id, null, p_now);
  end if;
  update invitation set used_at = p_now where school_id = v.school_id and id = v.id;
  update adult set account_id = v_account.id, name = p_name where school_id = v.school_id and id = v_adult.id;
  return jsonb_build_object('school_id', v.school_id, 'adult_id', v_adult.id, 'account_id', v_account.id, 'kind', v.kind,
    'renamed', v_adult.name <> p_name, 'sessions', v_sessions);
end $$;
comment on function invitation_accept is 'Uses an invitation up: the account opens with this password, and an earlier authenticator is gone with its recovery codes, passkeys and accounts of providers, unless one person alone asked for a mail to somebody who opens files. An account that is in use at another school keeps its own.';

create function invitation_accept_outside(p_digest bytea, p_now timestamptz, p_account uuid, p_name text, p_issuer text, p_subject text, p_shown text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v invitation;
  v_accepted jsonb;
begin
  select * into v from invitation where token_digest = p_digest for update;
  -- Whoever has an account proves it with what they have. A provider's word begins one and takes none over.
  if v.id is null or v.kind <> 'first' or exists (select from account k where k.email = v.address and account_is_used(k.id))
    or not exists (select from sign_in_provider p where p.school_id = v.school_id and p.issuer = p_issuer) then
    return null;
  end if;
  if exists (select from outside_identity i where i.school_id = v.school_id and i.issuer = p_issuer and i.subject = p_subject) then
    return jsonb_build_object('taken', true);
  end if;
  v_accepted := invitation_accept(p_digest, p_now, p_account, null, p_name);
  if v_accepted is null then
    return null;
  end if;
  insert into outside_identity (school_id, issuer, subject, account_id, shown, bound_at, last_used_at)
    values (v.school_id, p_issuer, p_subject, (v_accepted->>'account_id')::uuid, p_shown, p_now, p_now);
  return v_accepted;
end $$;
comment on function invitation_accept_outside is 'Uses a first invitation up for an account of the school''s provider in place of a password. Null where somebody uses the account already; taken where the provider''s account is bound already.';

revoke execute on function account_is_used(uuid) from public;
grant execute on function session_start(uuid, bytea, uuid, uuid, timestamptz, timestamptz, bytea, timestamptz, uuid), sign_in_providers(), sign_in_provider_of(uuid),
  sign_in_provider_set(text, text, text, bytea, timestamptz), sign_in_provider_remove(), outside_identity_find(uuid, text, text, timestamptz),
  outside_identity_add(text, text, text, timestamptz), outside_identity_remove(), outside_identity_mail(uuid),
  invitation_accept_outside(bytea, timestamptz, uuid, text, text, text, text) to holdfast_app;
