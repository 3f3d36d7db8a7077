-- The audit trail, the receipts that make commands idempotent, the outbox, drafts, and entering and finishing a transaction.

create table audit_chain (
  school_id uuid not null references school (id),
  chain text not null check (chain in ('main', 'conduct')),
  n bigint not null,
  hash bytea not null,
  primary key (school_id, chain)
);
comment on table audit_chain is 'The head of each school''s chain. Locked FOR UPDATE while an entry is appended: the one place where writers of a school wait for each other.';

create table audit_entry (
  school_id uuid not null references school (id),
  chain text not null,
  n bigint not null,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  subject_kind text,
  subject_id uuid,
  outcome text not null,
  body text not null,
  hash bytea not null,
  primary key (school_id, chain, n)
);
comment on table audit_entry is 'Who did or read what, when. Append-only: hash = sha256(previous hash, n as 8 bytes, body). The columns repeat the body for searching; verification compares them.';
comment on column audit_entry.body is 'Canonical JSON (sorted keys). Holds ids and salted digests, never names or free text, so that retention can erase content and leave the chain whole.';
create index audit_entry_by_subject on audit_entry (school_id, subject_id);

create table command_receipt (
  school_id uuid not null references school (id),
  key uuid not null,
  adult_id uuid,
  path text not null,
  at timestamptz not null,
  tries integer not null default 1,
  location text,
  primary key (school_id, key)
);
comment on table command_receipt is 'One row for each command key. A second press, or a retry after a lost reply, finds the first answer here; it is always found by a write.';

create table outbox (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  adult_id uuid,
  concern_id uuid,
  drained_at timestamptz,
  primary key (school_id, id)
);
comment on table outbox is 'What must go out, written in the same transaction as the record; drained into the job queue after commit. Ids only: a mail is composed when it is sent.';
create index outbox_waiting on outbox (school_id, at) where drained_at is null;

create table draft (
  school_id uuid not null references school (id),
  adult_id uuid not null,
  id uuid not null,
  form text not null,
  sealed bytea not null,
  version integer not null,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table draft is 'What somebody has typed and not yet submitted, sealed under the school''s key; theirs alone, on any device.';
create index draft_by_adult on draft (school_id, adult_id);

alter table audit_chain enable row level security;
alter table audit_entry enable row level security;
create policy audit_entry_append_only_reader on audit_entry for select using (school_id = scope_school() and scope_is_worker());
alter table command_receipt enable row level security;
create policy command_receipt_school on command_receipt using (school_id = scope_school()) with check (school_id = scope_school());
alter table outbox enable row level security;
create policy outbox_insert on outbox for insert with check (school_id = scope_school());
create policy outbox_worker on outbox for select using (school_id = scope_school() and scope_is_worker());
create policy outbox_drain on outbox for update using (school_id = scope_school() and scope_is_worker());
alter table draft enable row level security;
create policy draft_own on draft using (school_id = scope_school() and adult_id = scope_adult()) with check (school_id = scope_school() and adult_id = scope_adult());

grant select on audit_entry to holdfast_app;
grant select on command_receipt to holdfast_app;
grant select, insert on outbox to holdfast_app;
grant update (drained_at) on outbox to holdfast_app;
grant select, insert, update, delete on draft to holdfast_app;

create function scope_clear() returns void language plpgsql as $$
begin
  set local app.school_id = '';
  set local app.adult_id = '';
  set local app.account_id = '';
  set local app.opens_files = '';
  set local app.worker = '';
  set local app.administers = '';
end $$;

create function scope_enter(p_school uuid, p_adult uuid, p_account uuid, p_now timestamptz) returns text[] language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_roles text[];
begin
  perform scope_clear();
  execute format('set local app.school_id = %L', p_school);
  execute format('set local app.adult_id = %L', coalesce(p_adult::text, ''));
  execute format('set local app.account_id = %L', coalesce(p_account::text, ''));
  select coalesce(array_agg(distinct role), '{}') into v_roles from appointment
    where school_id = p_school and adult_id = p_adult and starts_at <= p_now and (ends_at is null or ends_at > p_now);
  if v_roles && (select file_roles from school where id = p_school) then
    set local app.opens_files = 'on';
  end if;
  if 'system-administrator' = any (v_roles) then
    set local app.administers = 'on';
  end if;
  return v_roles;
end $$;
comment on function scope_enter is 'Sets the scope of this transaction from the appointments that hold at the moment given; returns the roles.';

create function worker_enter(p_school uuid) returns void language plpgsql as $$
begin
  perform scope_clear();
  execute format('set local app.school_id = %L', p_school);
  set local app.worker = 'on';
end $$;
comment on function worker_enter is 'Scope of background work at one school: clocks, alerts and outbox, and of a concern its facts but never its words.';

create function receipt_take(p_school uuid, p_key uuid, p_adult uuid, p_path text, p_now timestamptz) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  r command_receipt;
begin
  -- DO UPDATE and not DO NOTHING: a retry must write, or on a cancelled synchronous commit it would be acknowledged and lost.
  insert into command_receipt (school_id, key, adult_id, path, at) values (p_school, p_key, p_adult, p_path, p_now)
    on conflict (school_id, key) do update set tries = command_receipt.tries + 1 returning * into r;
  return jsonb_build_object('tries', r.tries, 'location', r.location,
    'own', r.adult_id is not distinct from p_adult and r.path = p_path);
end $$;
comment on function receipt_take is 'Claims a command key. A second press waits here for the first to commit, then is given its answer.';

create function session_enter(p_digest bytea, p_now timestamptz, p_idle interval, p_key uuid, p_path text) returns jsonb language plpgsql security definer
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
  return jsonb_build_object('state', 'open', 'session_id', s.id, 'account_id', s.account_id, 'form_secret', encode(s.form_secret, 'hex'),
    'second_factor_at', s.second_factor_at, 'adult_id', a.id, 'name', a.name, 'roles', v_roles,
    'school', jsonb_build_object('id', v_school.id, 'key', v_school.key, 'name', v_school.name, 'demonstration', v_school.demonstration,
      'visitor_token', v_school.visitor_token, 'file_roles', v_school.file_roles),
    'alerts', (select count(*) from alert where school_id = a.school_id and adult_id = a.id and seen_at is null and not (a.id = any (excluded))),
    'receipt', case when p_key is null then null else receipt_take(s.school_id, p_key, a.id, p_path, p_now) end);
end $$;
comment on function session_enter is 'One round trip: the session, the person, their roles now, the scope of this transaction, and the command receipt.';

create function request_finish(p_audit_chain text, p_audit text[], p_outbox jsonb, p_key uuid, p_location text) returns bigint language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_body text;
  v_json jsonb;
  v_n bigint;
  v_hash bytea;
begin
  if v_school is null then
    raise exception 'no scope: nothing can be finished';
  end if;
  if p_key is not null then
    update command_receipt set location = p_location where school_id = v_school and key = p_key;
  end if;
  if p_outbox is not null then
    insert into outbox (school_id, id, kind, at, adult_id, concern_id)
      select v_school, o.id, o.kind, o.at, o.adult_id, o.concern_id
      from jsonb_to_recordset(p_outbox) as o (id uuid, kind text, at timestamptz, adult_id uuid, concern_id uuid);
  end if;
  -- Last, so that the chain's head stays locked only from here to the commit.
  if cardinality(p_audit) > 0 then
    select n, hash into v_n, v_hash from audit_chain where school_id = v_school and chain = p_audit_chain for update;
    if v_n is null then
      raise exception 'the school has no % chain', p_audit_chain;
    end if;
    foreach v_body in array p_audit loop
      v_json := v_body::jsonb;
      v_n := v_n + 1;
      v_hash := sha256(v_hash || int8send(v_n) || convert_to(v_body, 'UTF8'));
      insert into audit_entry (school_id, chain, n, at, actor_id, action, subject_kind, subject_id, outcome, body, hash)
        values (v_school, p_audit_chain, v_n, (v_json ->> 'at')::timestamptz, (v_json ->> 'actor')::uuid, v_json ->> 'action',
          v_json ->> 'subjectKind', (v_json ->> 'subject')::uuid, v_json ->> 'outcome', v_body, v_hash);
    end loop;
    update audit_chain set n = v_n, hash = v_hash where school_id = v_school and chain = p_audit_chain;
  end if;
  return v_n;
end $$;
comment on function request_finish is 'Ends the work of a transaction in one round trip: receipt, outbox, then the audit entries onto the chain. The caller commits.';

create function sign_in_account(p_email text) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('id', id, 'password_hash', password_hash, 'code_secret_sealed', encode(code_secret_sealed, 'base64'),
    'code_last_step', code_last_step, 'failures', failures, 'failed_at', failed_at, 'disabled', disabled_at is not null,
    'schools', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name), '[]') from adult a join school s on s.id = a.school_id
      where a.account_id = account.id))
  from account where email = p_email
$$;
comment on function sign_in_account is 'What checking a password needs, for one address. Called before any scope exists.';

create function session_start(p_id uuid, p_digest bytea, p_account uuid, p_school uuid, p_now timestamptz, p_expires timestamptz, p_form_secret bytea,
  p_second_factor_at timestamptz, p_code_step bigint) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_code_step is not null then
    update account set code_last_step = p_code_step where id = p_account and code_last_step < p_code_step;
    if not found then
      return false;
    end if;
  end if;
  update account set failures = 0, failed_at = null where id = p_account;
  insert into session (id, token_digest, account_id, school_id, started_at, last_seen_at, expires_at, second_factor_at, form_secret)
    values (p_id, p_digest, p_account, p_school, p_now, p_now, p_expires, p_second_factor_at, p_form_secret);
  return true;
end $$;
comment on function session_start is 'Opens a session. False when the authenticator code was used before.';

create function sign_in_failed(p_email text, p_now timestamptz) returns void language sql security definer set search_path = public, pg_temp as $$
  update account set failures = failures + 1, failed_at = p_now where email = p_email
$$;
comment on function sign_in_failed is 'Counts a failed sign-in, which slows the next try down; it never locks the person out.';

create function form_keep(p_account uuid, p_id uuid, p_path text, p_sealed bytea, p_now timestamptz) returns void language sql security definer
set search_path = public, pg_temp as $$
  insert into kept_form (account_id, id, path, sealed, kept_at) values (p_account, p_id, p_path, p_sealed, p_now)
$$;
comment on function form_keep is 'Keeps a form that arrived after its session ended. Nobody is signed in at that moment, so it is a function and not a grant.';

create function visitor_enter(p_token text, p_key uuid, p_path text, p_now timestamptz) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_school school;
begin
  perform scope_clear();
  select * into v_school from school where visitor_token = p_token;
  if v_school.id is null then
    return jsonb_build_object('state', 'none');
  end if;
  execute format('set local app.school_id = %L', v_school.id);
  return jsonb_build_object('state', 'open',
    'school', jsonb_build_object('id', v_school.id, 'key', v_school.key, 'name', v_school.name, 'demonstration', v_school.demonstration,
      'visitor_token', v_school.visitor_token, 'file_roles', v_school.file_roles),
    'receipt', case when p_key is null then null else receipt_take(v_school.id, p_key, null, p_path, p_now) end);
end $$;
comment on function visitor_enter is 'Scope of somebody without an account who came by the school''s own link: the school, and nobody.';

grant execute on function scope_clear(),
  scope_enter(uuid, uuid, uuid, timestamptz), worker_enter(uuid), session_enter(bytea, timestamptz, interval, uuid, text),
  receipt_take(uuid, uuid, uuid, text, timestamptz), request_finish(text, text[], jsonb, uuid, text), sign_in_account(text),
  session_start(uuid, bytea, uuid, uuid, timestamptz, timestamptz, bytea, timestamptz, bigint), sign_in_failed(text, timestamptz),
  form_keep(uuid, uuid, text, bytea, timestamptz), visitor_enter(text, uuid, text, timestamptz) to holdfast_app;
