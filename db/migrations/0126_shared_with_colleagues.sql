-- What the safeguarding team shares with colleagues who need it to do their part: words written for them, a reason, an end. Those
-- colleagues open no file and have no right to these tables. Functions give them what was shared with them while it holds, and
-- nothing before or after.

create table share (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  says text not null check (says <> ''),
  because text not null check (because <> ''),
  until_at timestamptz not null,
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_because text check (ended_because <> ''),
  salt bytea not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (until_at > made_at),
  check ((ended_at is null) = (ended_by is null)),
  check ((ended_at is null) = (ended_because is null)),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table share is 'What colleagues need to know about a child, in words written for them; never the file.';
comment on column share.because is 'Why they need it: no sharing without a reason.';
comment on column share.until_at is 'The moment from which nobody reads it any more.';
comment on column share.excluded is 'Adults tied to the child.';
create index share_by_child on share (school_id, child_id, made_at);

create table share_reader (
  school_id uuid not null references school (id),
  share_id uuid not null,
  adult_id uuid not null,
  opened_at timestamptz,
  read_at timestamptz,
  excluded uuid[] not null default '{}',
  primary key (school_id, share_id, adult_id),
  check (read_at is null or opened_at is not null),
  foreign key (school_id, share_id) references share (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table share_reader is 'With whom it was shared, when they first opened it, and when they said that they had read it.';
create index share_reader_by_adult on share_reader (school_id, adult_id);

alter table share enable row level security;
create policy share_read on share for select using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false));
create policy share_add on share for insert with check (school_id = scope_school() and scope_opens_files() and made_by = scope_adult() and ended_at is null
  and not coalesce(scope_adult() = any (excluded), false) and not scope_tied_to(child_id));
create policy share_change on share for update using (school_id = scope_school() and scope_opens_files() and ended_at is null
  and not coalesce(scope_adult() = any (excluded), false)) with check (school_id = scope_school() and ended_by = scope_adult());
grant select, insert on share to holdfast_app;
grant update (ended_at, ended_by, ended_because) on share to holdfast_app;

alter table share_reader enable row level security;
create policy share_reader_read on share_reader for select using (school_id = scope_school() and scope_opens_files()
  and not coalesce(scope_adult() = any (excluded), false));
create policy share_reader_add on share_reader for insert with check (school_id = scope_school() and scope_opens_files() and opened_at is null
  and not (adult_id = any (excluded)) and not coalesce(scope_adult() = any (excluded), false));
grant select, insert on share_reader to holdfast_app;

create function shares_of_mine(p_now timestamptz)
  returns table (id uuid, child_id uuid, given_name text, family_name text, class_name text, until_at timestamptz, made_at timestamptz, read_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.child_id, c.given_name, c.family_name, c.class_name, s.until_at, s.made_at, r.read_at
  from share_reader r join share s on s.school_id = r.school_id and s.id = r.share_id join child c on c.school_id = s.school_id and c.id = s.child_id
  where r.school_id = scope_school() and r.adult_id = scope_adult() and not (r.adult_id = any (r.excluded)) and s.ended_at is null and s.until_at > p_now
$$;
comment on function shares_of_mine is 'What is shared with the person in scope and holds at the moment, without its words.';

create function share_standing(p_share uuid) returns table (child_id uuid, readers uuid[], excluded uuid[], until_at timestamptz, ended_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.child_id, array[r.adult_id], s.excluded, s.until_at, s.ended_at
  from share_reader r join share s on s.school_id = r.school_id and s.id = r.share_id
  where r.school_id = scope_school() and r.adult_id = scope_adult() and r.share_id = p_share and not (r.adult_id = any (r.excluded))
$$;
comment on function share_standing is 'Whether this is shared with the person in scope, and until when; nothing to anybody else.';

create function share_open(p_share uuid, p_now timestamptz)
  returns table (id uuid, given_name text, family_name text, class_name text, says text, made_by text, made_at timestamptz, until_at timestamptz, read_at timestamptz)
  language sql volatile security definer set search_path = public, pg_temp as $$
  with held as (select s.id, c.given_name, c.family_name, c.class_name, s.says, a.name, s.made_at, s.until_at, r.read_at
    from share_reader r join share s on s.school_id = r.school_id and s.id = r.share_id
      join child c on c.school_id = s.school_id and c.id = s.child_id join adult a on a.school_id = s.school_id and a.id = s.made_by
    where r.school_id = scope_school() and r.adult_id = scope_adult() and r.share_id = p_share and not (r.adult_id = any (r.excluded))
      and s.ended_at is null and s.until_at > p_now),
  first as (update share_reader set opened_at = p_now where school_id = scope_school() and adult_id = scope_adult() and opened_at is null
    and share_id in (select held.id from held))
  select * from held
$$;
comment on function share_open is 'The words shared with the person in scope, while they hold; the first opening is kept.';

create function share_say_read(p_share uuid, p_now timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp as $$
  with said as (update share_reader r set opened_at = coalesce(r.opened_at, p_now), read_at = coalesce(r.read_at, p_now) from share s
    where r.school_id = scope_school() and r.adult_id = scope_adult() and r.share_id = p_share and not (r.adult_id = any (r.excluded))
      and s.school_id = r.school_id and s.id = r.share_id and s.ended_at is null and s.until_at > p_now returning 1)
  select exists (select from said)
$$;
comment on function share_say_read is 'The person in scope says that they have read what is shared with them.';
revoke execute on function shares_of_mine(timestamptz), share_standing(uuid), share_open(uuid, timestamptz), share_say_read(uuid, timestamptz) from public;
grant execute on function shares_of_mine(timestamptz), share_standing(uuid), share_open(uuid, timestamptz), share_say_read(uuid, timestamptz) to holdfast_app;

do $$
declare v_check text;
begin
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'notice'::regclass and conname = 'notice_topic_check';
  alter table notice drop constraint notice_topic_check;
  execute 'alter table notice add constraint notice_topic_check ' || replace(v_check, 'ARRAY[', $topics$ARRAY['share'::text, $topics$);
  -- A tie that becomes known shuts the adult out of what was shared about the child as well.
  execute replace(pg_get_functiondef('concerns_of_child_exclude(uuid, uuid[])'::regprocedure), 'for v_concern in',
    $to$update share_reader r set excluded = array(select distinct unnest(r.excluded || p_adults)) from share s
    where r.school_id = v_school and s.school_id = v_school and s.id = r.share_id and s.child_id = p_child;
  update share set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and child_id = p_child;
  for v_concern in$to$);
end $$;
create policy notice_of_share on notice for insert with check (school_id = scope_school() and topic = 'share' and child_id is null and scope_opens_files());
