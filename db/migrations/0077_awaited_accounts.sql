-- The account of whoever saw or heard it, awaited until it is written; when a disclosure ended and its write-up began.

create table awaited_account (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  adult_id uuid,
  name text not null,
  why text not null check (why in ('second-hand', 'told', 'stub')),
  outside boolean not null default false,
  asked_at timestamptz not null,
  asked_by uuid,
  due_at timestamptz,
  warn_at timestamptz,
  departs_at timestamptz,
  rule text not null,
  source text not null,
  warned_at timestamptz,
  met_at timestamptz,
  met_by text check (met_by in ('first-hand', 'scan', 'finished')),
  met_id uuid,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((met_at is null) = (met_by is null)),
  check (not outside or adult_id is null),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table awaited_account is 'An account that a concern still lacks: of whoever saw or heard what somebody else wrote, of a person without an account who told it, or the rest of a stub. Kept when it is met.';
comment on column awaited_account.adult_id is 'Who is asked here. Null for a named person without an account, whose signed paper is awaited from whoever wrote for them, and for somebody outside the concern.';
comment on column awaited_account.outside is 'The person named is outside the concern and is not asked.';
comment on column awaited_account.departs_at is 'When the child leaves on that day, where that was still to come: an account that came later came after departure.';
comment on column awaited_account.met_id is 'The addendum or the attachment that is the account.';
create index awaited_account_by_concern on awaited_account (school_id, concern_id);
create index awaited_account_open on awaited_account (school_id, warn_at) where met_at is null;
create index awaited_account_of_adult on awaited_account (school_id, adult_id) where met_at is null;

create table disclosure_time (
  school_id uuid not null,
  concern_id uuid not null,
  ended_at timestamptz not null,
  began_at timestamptz not null,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, concern_id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table disclosure_time is 'When a child had finished telling, as the writer says, and when the write-up began, as the server knows from the draft.';

alter table awaited_account enable row level security;
-- Whoever typed the concern keeps what they typed of it, as with their own words; whoever is asked sees that they are.
create policy awaited_account_read on awaited_account for select using (school_id = scope_school() and (scope_is_worker() or reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id) or adult_id = scope_adult()))));
create policy awaited_account_insert on awaited_account for insert with check (school_id = scope_school());
create policy awaited_account_change on awaited_account for update using (school_id = scope_school() and (scope_is_worker() or reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id) or adult_id = scope_adult()))));

alter table disclosure_time enable row level security;
create policy disclosure_time_read on disclosure_time for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy disclosure_time_insert on disclosure_time for insert with check (school_id = scope_school());

grant select, insert on awaited_account, disclosure_time to holdfast_app;
grant update (warned_at, met_at, met_by, met_id) on awaited_account to holdfast_app;

-- A first-hand account is its writer's own words, and nothing else of the concern is.
alter table addendum drop constraint addendum_kind_check;
alter table addendum add constraint addendum_kind_check check (kind in ('reporter', 'team', 'feedback', 'first-hand'));
do $$
declare
  v_qual text;
  v_check text;
begin
  select qual into v_qual from pg_policies where schemaname = 'public' and tablename = 'addendum' and policyname = 'addendum_read';
  execute format('alter policy addendum_read on addendum using (%s)', replace(v_qual, $from$'reporter'::text$from$, $to$'first-hand'::text, 'reporter'::text$to$));
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[', $kinds$ARRAY['account-asked'::text, 'account-due'::text, $kinds$);
  -- Whoever is put outside a concern later is outside these too, and is no longer asked.
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'concern_move'$from$, $to$'concern_move', 'awaited_account', 'disclosure_time'$to$);
end $$;

-- Whoever is asked sees nothing of the concern, so that its files gain the line here.
create function first_hand_account_take(p_concern uuid, p_addendum uuid, p_entries uuid[], p_heading text, p_on date, p_time text, p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_concern concern;
begin
  update awaited_account set met_at = p_now, met_by = 'first-hand', met_id = p_addendum
    where school_id = scope_school() and concern_id = p_concern and adult_id = scope_adult() and why <> 'stub' and met_at is null and not (adult_id = any (excluded));
  if not found then
    return null;
  end if;
  select * into v_concern from concern where school_id = scope_school() and id = p_concern;
  insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
    select v_concern.school_id, p_entries[k.n], k.child_id, 'addendum', p_heading, p_on, p_time, p_now, scope_adult(), p_concern, k.involvement, v_concern.excluded
    from (select child_id, involvement, row_number() over (order by child_id) as n from concern_child
      where school_id = v_concern.school_id and concern_id = p_concern and moved_to is null and involvement = 'subject') k
    where k.n <= cardinality(p_entries);
  return jsonb_build_object('ownerId', v_concern.owner_id, 'excluded', to_jsonb(v_concern.excluded));
end $$;
comment on function first_hand_account_take is 'Meets the account that the actor was asked for and enters it in the children''s files; null where none is awaited. Gives who has the concern, for telling them.';
grant execute on function first_hand_account_take(uuid, uuid, uuid[], text, date, text, timestamptz) to holdfast_app;
