-- Shared tables (no school id by nature): installation, trust, school, account, session. Everything else belongs to a school.
-- The application's login (holdfast_app) owns nothing; what it may do is in the grants of each file and in row-level security.

-- Functions run with their owner's rights below: nobody may call one who is not named in a grant.
alter default privileges revoke execute on functions from public;

create table installation (
  "only" boolean primary key default true check ("only"),
  kind text not null check (kind in ('demonstration', 'live')),
  created_at timestamptz not null
);
comment on table installation is 'One row: whether this database holds invented demonstration schools or a live school, never both.';

create table trust (
  id uuid primary key,
  key text not null unique,
  name text not null
);
comment on table trust is 'A group of schools under one board. Key names the trust layer of the policies.';

create table school (
  id uuid primary key,
  key text not null unique,
  name text not null,
  trust_id uuid references trust (id),
  demonstration boolean not null,
  visitor_token text not null unique check (length(visitor_token) >= 16),
  file_roles text[] not null default '{dsl,deputy-dsl}'
);
comment on table school is 'A setting children attend. Key names its policy profile.';
comment on column school.visitor_token is 'The unguessable part of the school''s own link by which adults without an account record a concern.';
comment on column school.file_roles is 'Roles that open welfare files, from the school''s profile; kept here because row-level security asks it.';

create table account (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  password_hash text,
  code_secret_sealed bytea,
  code_last_step bigint not null default 0,
  failures integer not null default 0,
  failed_at timestamptz,
  disabled_at timestamptz,
  demonstration boolean not null default false,
  created_at timestamptz not null
);
comment on table account is 'A way to sign in. Rights never come from here: they come from appointments of the adult behind it at each school.';
comment on column account.code_last_step is 'Time step of the last authenticator code accepted: a code works once.';
comment on column account.password_hash is 'argon2id in PHC format; null until the person has set one, or where only single sign-on is used.';

create table session (
  id uuid primary key,
  token_digest bytea not null unique,
  account_id uuid not null references account (id),
  school_id uuid references school (id),
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  second_factor_at timestamptz,
  form_secret bytea not null
);
comment on table session is 'Sign-ins. Only a digest of the cookie is kept. Ended sessions stay, so that a form posted after the end can be kept for its account.';
create index session_by_account on session (account_id);

create table kept_form (
  account_id uuid not null references account (id),
  id uuid not null,
  path text not null,
  sealed bytea not null,
  kept_at timestamptz not null,
  primary key (account_id, id)
);
comment on table kept_form is 'A form posted after its session ended, sealed, shown to that account alone after it signs in again.';

-- The scope of a transaction. Written only by the enter functions, with SET LOCAL (never set_config, which does not
-- travel to the nodes of a distributed database), and read by the policies through these functions.
create function scope_school() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.school_id', true), '')::uuid $$;
create function scope_adult() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.adult_id', true), '')::uuid $$;
create function scope_account() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.account_id', true), '')::uuid $$;
create function scope_opens_files() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.opens_files', true), '') = 'on' $$;
create function scope_is_worker() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.worker', true), '') = 'on' $$;
create function scope_administers() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.administers', true), '') = 'on' $$;

alter table installation enable row level security;
create policy installation_read on installation for select using (true);
alter table trust enable row level security;
create policy trust_read on trust for select using (true);
alter table school enable row level security;
create policy school_read on school for select using (true);
alter table account enable row level security;
create policy account_own on account for select using (id = scope_account());
create policy account_own_change on account for update using (id = scope_account());
alter table session enable row level security;
create policy session_own on session for select using (account_id = scope_account());
create policy session_own_end on session for update using (account_id = scope_account());
alter table kept_form enable row level security;
create policy kept_form_own on kept_form for select using (account_id = scope_account());
create policy kept_form_own_remove on kept_form for delete using (account_id = scope_account());

grant select on installation, trust to holdfast_app;
grant select (id, key, name, trust_id, demonstration, visitor_token, file_roles) on school to holdfast_app;
grant select (id, email, created_at, demonstration) on account to holdfast_app;
grant select (id, account_id, school_id, started_at, last_seen_at, expires_at, ended_at, second_factor_at) on session to holdfast_app;
grant update (ended_at, second_factor_at, school_id) on session to holdfast_app;
grant select, delete on kept_form to holdfast_app;
grant execute on function scope_school(), scope_adult(), scope_account(), scope_opens_files(), scope_is_worker(), scope_administers() to holdfast_app;
