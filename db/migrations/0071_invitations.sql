-- How an adult of the school comes to an account, gets a new password and authenticator, and loses the account on leaving.

create table invitation (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  kind text not null check (kind in ('first', 'again')),
  token_digest bytea,
  sent_by uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  mailed_at timestamptz,
  used_at timestamptz,
  withdrawn_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id),
  foreign key (school_id, sent_by) references adult (school_id, id)
);
comment on table invitation is 'An invitation by mail to choose a password; works once and not for long. `again` replaces password and authenticator of somebody who has an account.';
comment on column invitation.token_digest is 'SHA-256 of the token in the mail, which itself is kept nowhere; made anew whenever the mail is sent again.';
create index invitation_by_adult on invitation (school_id, adult_id);
create index invitation_by_token on invitation (token_digest);
alter table invitation enable row level security;
create policy invitation_read on invitation for select using (school_id = scope_school()
  and (scope_is_worker() or scope_holds('{system-administrator,human-resources,headteacher}')));
grant select (school_id, id, adult_id, kind, sent_by, made_at, expires_at, mailed_at, used_at, withdrawn_at) on invitation to holdfast_app;

create function account_sessions_end(p_account uuid, p_school uuid, p_now timestamptz) returns integer language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_count integer;
begin
  update session set ended_at = p_now where account_id = p_account and ended_at is null and (p_school is null or school_id = p_school);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
comment on function account_sessions_end is 'For the functions of this file alone: ends the sessions of an account, at one school or everywhere.';

create function invitation_make(p_id uuid, p_adult uuid, p_now timestamptz, p_expires timestamptz) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_adult adult;
  v_account account;
begin
  if v_school is null or not scope_holds('{system-administrator,human-resources,headteacher}') then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  select * into v_adult from adult where school_id = v_school and id = p_adult for update;
  if v_adult.id is null then
    return jsonb_build_object('fault', 'no-such-adult');
  end if;
  -- Whoever has an account is written to at the address of the account: changing what the school knows takes nobody's account over.
  select * into v_account from account where id = v_adult.account_id;
  if v_account.id is null and coalesce(v_adult.email, '') = '' then
    return jsonb_build_object('fault', 'no-address');
  end if;
  if v_account.id is null and exists (select from account c join adult o on o.account_id = c.id and o.school_id = v_school where c.email = lower(v_adult.email)) then
    return jsonb_build_object('fault', 'address-taken');
  end if;
  update invitation set withdrawn_at = p_now where school_id = v_school and adult_id = p_adult and used_at is null and withdrawn_at is null;
  insert into invitation (school_id, id, adult_id, kind, sent_by, made_at, expires_at)
    values (v_school, p_id, p_adult, case when v_account.id is null then 'first' else 'again' end, scope_adult(), p_now, p_expires);
  return jsonb_build_object('kind', case when v_account.id is null then 'first' else 'again' end,
    'sessions', case when v_account.id is null then 0 else account_sessions_end(v_account.id, null, p_now) end);
end $$;
comment on function invitation_make is 'Whoever keeps people invites an adult; earlier invitations are withdrawn, and open sessions of their account end.';

create function invitation_mail(p_adult uuid, p_digest bytea, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v invitation;
begin
  if v_school is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  select * into v from invitation where school_id = v_school and adult_id = p_adult and used_at is null and withdrawn_at is null and expires_at > p_now
    order by made_at desc limit 1 for update;
  if v.id is null then
    return null;
  end if;
  update invitation set token_digest = p_digest, mailed_at = p_now where school_id = v_school and id = v.id;
  return (select jsonb_build_object('email', coalesce(c.email, lower(a.email)), 'kind', v.kind, 'expires_at', v.expires_at)
    from adult a left join account c on c.id = a.account_id where a.school_id = v_school and a.id = p_adult);
end $$;
comment on function invitation_mail is 'For background work: the address of an open invitation, which from now on answers to this token alone.';

create function invitation_open(p_digest bytea, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('school_id', v.school_id, 'school', s.name, 'demonstration', s.demonstration, 'adult_id', a.id, 'name', a.name,
    'email', coalesce(c.email, lower(a.email)), 'kind', v.kind,
    'joins', v.kind = 'first' and exists (select from account k where k.email = lower(a.email) and k.password_hash is not null and k.disabled_at is null))
  from invitation v join school s on s.id = v.school_id join adult a on a.school_id = v.school_id and a.id = v.adult_id left join account c on c.id = a.account_id
  where v.token_digest = p_digest and v.used_at is null and v.withdrawn_at is null and v.expires_at > p_now
$$;
comment on function invitation_open is 'What an invitation opens, by its token; null for a token that is wrong, used, withdrawn or too old, without a difference. `joins`: the person has an account already, from another school.';

create function invitation_accept(p_digest bytea, p_now timestamptz, p_account uuid, p_hash text, p_name text) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v invitation;
  v_adult adult;
  v_account account;
  v_sessions integer := 0;
begin
  select * into v from invitation where token_digest = p_digest and used_at is null and withdrawn_at is null and expires_at > p_now for update;
  if v.id is null then
    return null;
  end if;
  select * into v_adult from adult where school_id = v.school_id and id = v.adult_id for update;
  if v.kind = 'again' then
    select * into v_account from account where id = v_adult.account_id for update;
  else
    select * into v_account from account where email = lower(v_adult.email) for update;
  end if;
  if v_account.id is null then
    insert into account (id, email, password_hash, demonstration, created_at)
      select p_account, lower(v_adult.email), p_hash, s.demonstration, p_now from school s where s.id = v.school_id returning * into v_account;
  elsif v.kind = 'again' or v_account.password_hash is null or v_account.disabled_at is not null then
    update account set password_hash = p_hash, code_secret_sealed = null, code_last_step = 0, disabled_at = null where id = v_account.id;
    v_sessions := account_sessions_end(v_account.id, null, p_now);
  end if;
  update invitation set used_at = p_now where school_id = v.school_id and id = v.id;
  update adult set account_id = v_account.id, name = p_name where school_id = v.school_id and id = v_adult.id;
  return jsonb_build_object('school_id', v.school_id, 'adult_id', v_adult.id, 'account_id', v_account.id, 'kind', v.kind,
    'renamed', v_adult.name <> p_name, 'sessions', v_sessions);
end $$;
comment on function invitation_accept is 'Uses an invitation up: the account opens with this password, and an earlier authenticator is gone. An account that is open at another school keeps its own.';

create function adult_account(p_adult uuid, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('state', case when c.id is null then 'none' when c.disabled_at is not null then 'closed' else 'open' end,
    'invitedUntil', (select to_char(max(v.expires_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from invitation v where v.school_id = a.school_id and v.adult_id = a.id
      and v.used_at is null and v.withdrawn_at is null and v.expires_at > p_now))
  from adult a left join account c on c.id = a.account_id where a.school_id = scope_school() and a.id = p_adult
$$;
comment on function adult_account is 'Whether an adult of this school can sign in, and until when an invitation waits for them.';

create function account_leave(p_adult uuid, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_account uuid;
  v_elsewhere boolean;
begin
  if v_school is null then
    raise exception 'no scope';
  end if;
  select account_id into v_account from adult where school_id = v_school and id = p_adult;
  if not exists (select from appointment where school_id = v_school and adult_id = p_adult)
    or exists (select from appointment where school_id = v_school and adult_id = p_adult and (ends_at is null or ends_at > p_now)) then
    return null;
  end if;
  update invitation set withdrawn_at = p_now where school_id = v_school and adult_id = p_adult and used_at is null and withdrawn_at is null;
  if v_account is null then
    return null;
  end if;
  v_elsewhere := exists (select from adult o join appointment p on p.school_id = o.school_id and p.adult_id = o.id
    where o.account_id = v_account and o.school_id <> v_school and (p.ends_at is null or p.ends_at > p_now));
  if not v_elsewhere then
    update account set disabled_at = p_now where id = v_account and disabled_at is null;
    if not found then
      return null;
    end if;
  end if;
  return jsonb_build_object('closed', not v_elsewhere, 'sessions', account_sessions_end(v_account, case when v_elsewhere then v_school end, p_now));
end $$;
comment on function account_leave is 'Whoever holds and will hold no appointment here any more has left: their sessions end, and their account is closed unless another school has them. Null where they have not left, or had before.';

create function account_leavers(p_now timestamptz) returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(a.id), '{}') from adult a join account c on c.id = a.account_id and c.disabled_at is null
  where a.school_id = scope_school() and scope_is_worker() and exists (select from appointment p where p.school_id = a.school_id and p.adult_id = a.id)
    and not exists (select from adult o join appointment p on p.school_id = o.school_id and p.adult_id = o.id
      where o.account_id = a.account_id and (p.ends_at is null or p.ends_at > p_now))
$$;
comment on function account_leavers is 'For background work: adults of this school whose last appointment anywhere has ended by its date, and whose account is still open.';

grant execute on function invitation_make(uuid, uuid, timestamptz, timestamptz), invitation_mail(uuid, bytea, timestamptz), invitation_open(bytea, timestamptz),
  invitation_accept(bytea, timestamptz, uuid, text, text), adult_account(uuid, timestamptz), account_leave(uuid, timestamptz), account_leavers(timestamptz) to holdfast_app;
