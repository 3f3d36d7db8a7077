-- Keys of their own for each school, each account and the installation, wrapped by the master key that never comes here. None of it opens
-- anything without the master key; nothing of it is read by rows: only through the functions below.

create table master_key (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  since timestamptz not null,
  retired_at timestamptz
);
comment on table master_key is 'The name of the master key (a digest that says nothing of it) under which the data keys are wrapped, and the names of those before it, which are refused.';
create unique index master_key_one_at_a_time on master_key ((true)) where retired_at is null;
alter table master_key enable row level security;

create table data_key (
  id uuid primary key,
  owner text not null check (owner <> ''),
  kind text not null check (kind in ('random', 'derived')),
  master_id text not null references master_key (id),
  wrapped bytea,
  made_at timestamptz not null,
  replaced_at timestamptz,
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
);
comment on table data_key is 'The key of a school, an account or the installation, wrapped. A derived one opens what was sealed before keys were random. A destroyed one keeps its name and opens nothing ever again.';
create index data_key_owner on data_key (owner);
alter table data_key enable row level security;

create table resealing (
  owner text primary key check (owner ~ '^(school|account):[0-9a-f-]{36}$'),
  asked_at timestamptz not null,
  waiting integer check (waiting >= 0),
  resealed integer not null default 0 check (resealed >= 0),
  finished_at timestamptz
);
comment on table resealing is 'Whose sealed values are being sealed anew under the present key: how many waited when it began, how many are done.';
create index resealing_open on resealing (asked_at) where finished_at is null;
alter table resealing enable row level security;

-- What was sealed before keys were random is sealed anew in the background, school by school and account by account.
insert into resealing (owner, asked_at) select 'school:' || id, now() from school;
insert into resealing (owner, asked_at)
  select 'account:' || a.id, now() from account a
  where a.code_secret_sealed is not null or exists (select 1 from kept_form k where k.account_id = a.id);

create function data_keys_read() returns table (id uuid, owner text, kind text, master_id text, wrapped bytea, replaced boolean) language sql stable security definer
  set search_path = public, pg_temp as $$
  select id, owner, kind, master_id, wrapped, replaced_at is not null from data_key order by id
$$;

create function master_key_now() returns text language sql stable security definer set search_path = public, pg_temp as $$
  select id from master_key where retired_at is null
$$;

-- Kept in the transaction of what was first sealed under it. Refused where the master key has changed meanwhile: it has to be wrapped anew.
create function data_key_keep(p_id uuid, p_owner text, p_master text, p_wrapped bytea, p_now timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  insert into master_key (id, since) select p_master, p_now where not exists (select 1 from master_key);
  perform from master_key where id = p_master and retired_at is null for share;
  if not found then
    raise exception 'the master key has changed' using errcode = 'HF002';
  end if;
  insert into data_key (id, owner, kind, master_id, wrapped, made_at) values (p_id, p_owner, 'random', p_master, p_wrapped, p_now) on conflict (id) do nothing;
end $$;

-- Whoever missed that a key was destroyed must not seal under it: nothing would open that.
create function sealed_under_lasting_key(p_sealed bytea) returns void language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if length(p_sealed) >= 45 and substring(p_sealed from 1 for 1) = '\x02' then
    perform from data_key where id = encode(substring(p_sealed from 2 for 16), 'hex')::uuid and destroyed_at is not null;
    if found then
      raise exception 'sealed under a key that was destroyed' using errcode = 'HF001';
    end if;
  end if;
end $$;
create function sealed_lasts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform sealed_under_lasting_key(new.sealed);
  return new;
end $$;
create function sealed_name_lasts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform sealed_under_lasting_key(new.sealed_name);
  return new;
end $$;
create function code_secret_lasts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform sealed_under_lasting_key(new.code_secret_sealed);
  return new;
end $$;

create trigger kept_form_lasts before insert or update of sealed on kept_form for each row execute function sealed_lasts();
create trigger draft_lasts before insert or update of sealed on draft for each row execute function sealed_lasts();
create trigger attachment_lasts before insert or update of sealed on attachment for each row execute function sealed_lasts();
create trigger conduct_words_lasts before insert or update of sealed on conduct_words for each row execute function sealed_lasts();
create trigger conduct_assessment_lasts before insert or update of sealed on conduct_assessment for each row execute function sealed_lasts();
create trigger conduct_contact_lasts before insert or update of sealed on conduct_contact for each row execute function sealed_lasts();
create trigger conduct_conclusion_lasts before insert or update of sealed on conduct_conclusion for each row execute function sealed_lasts();
create trigger conduct_pattern_lasts before insert or update of sealed on conduct_pattern for each row execute function sealed_lasts();
create trigger complaint_words_lasts before insert or update of sealed on complaint_words for each row execute function sealed_lasts();
create trigger conduct_subject_lasts before insert or update of sealed_name on conduct_subject for each row execute function sealed_name_lasts();
create trigger account_code_secret_lasts before insert or update of code_secret_sealed on account for each row execute function code_secret_lasts();

revoke execute on function data_keys_read(), master_key_now(), data_key_keep(uuid, text, text, bytea, timestamptz), sealed_under_lasting_key(bytea), sealed_lasts(), sealed_name_lasts(),
  code_secret_lasts() from public;
grant execute on function data_keys_read(), master_key_now(), data_key_keep(uuid, text, text, bytea, timestamptz) to holdfast_app;
