-- What was done about a concern while no DSL could be reached, until one has read and countersigned it; and what somebody
-- who stood in for the safeguarding team hands back to whoever leads it.

create table fallback_step (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  kind text not null check (kind in ('pressed', 'advice', 'referral', 'act')),
  by_id uuid not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  with_whom text not null default '',
  says text not null default '',
  referral_id uuid,
  seen_at timestamptz,
  seen_by uuid,
  countersigned_at timestamptz,
  countersigned_by uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table fallback_step is 'What somebody did about a concern because no DSL could be reached: said so, took advice, referred it, acted. Unseen until a DSL reads it, open until one countersigns it.';
create index fallback_step_by_concern on fallback_step (school_id, concern_id, at);
create index fallback_step_open on fallback_step (school_id) where countersigned_at is null;

create table hand_back (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  reference text not null,
  by_id uuid not null,
  opened_at timestamptz not null,
  written_at timestamptz,
  concerns text,
  actions text,
  seen_at timestamptz,
  seen_by uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  unique (school_id, concern_id, by_id),
  check ((written_at is null) = (concerns is null) and (written_at is null) = (actions is null)),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table hand_back is 'Owed by whoever stood in for the safeguarding team on a concern: what it was and what was done, written for the DSL.';
comment on column hand_back.reference is 'Of the concern, which whoever stood in may not see any more when they write it.';
create index hand_back_open on hand_back (school_id, by_id) where written_at is null;
create index hand_back_unread on hand_back (school_id) where seen_at is null;

alter table fallback_step enable row level security;
create policy fallback_step_read on fallback_step for select using (school_id = scope_school() and (by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy fallback_step_add on fallback_step for insert with check (school_id = scope_school() and by_id = scope_adult());
create policy fallback_step_sign on fallback_step for update using (school_id = scope_school() and scope_opens_files()
  and not coalesce(scope_adult() = any (excluded), false));

alter table hand_back enable row level security;
create policy hand_back_read on hand_back for select using (school_id = scope_school() and (by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and scope_opens_files())));
-- Opened for somebody else: by whoever recorded the concern that came to them, or by the look round that passed it on.
create policy hand_back_open on hand_back for insert with check (school_id = scope_school() and written_at is null);
create policy hand_back_see on hand_back for update using (school_id = scope_school() and scope_opens_files()
  and not coalesce(scope_adult() = any (excluded), false));

grant select, insert on fallback_step, hand_back to holdfast_app;
grant update (seen_at, seen_by, countersigned_at, countersigned_by) on fallback_step to holdfast_app;
grant update (seen_at, seen_by) on hand_back to holdfast_app;

create function hand_back_write(p_id uuid, p_concerns text, p_actions text, p_now timestamptz) returns uuid language sql security definer set search_path = public, pg_temp as $$
  update hand_back set concerns = p_concerns, actions = p_actions, written_at = p_now
  where school_id = scope_school() and id = p_id and by_id = scope_adult() and written_at is null returning concern_id
$$;
comment on function hand_back_write is 'Writes the note that the actor owes, once; gives the concern, or nothing where it was written before.';
grant execute on function hand_back_write(uuid, text, text, timestamptz) to holdfast_app;

create function acting_role(p_school uuid, p_adult uuid, p_at timestamptz) returns text language sql stable set search_path = public, pg_temp as $$
  select case when not exists (select from appointment p where p.school_id = p_school and p.role = 'dsl' and p.starts_at <= p_at and (p.ends_at is null or p.ends_at > p_at)
      and (p.adult_id = p_adult or not exists (select from absence x where x.school_id = p_school and x.adult_id = p.adult_id and x.starts_at <= p_at
        and (x.ends_at is null or x.ends_at > p_at))))
    then coalesce((select p.role from appointment p where p.school_id = p_school and p.adult_id = p_adult and p.starts_at <= p_at and (p.ends_at is null or p.ends_at > p_at)
      order by p.role <> 'deputy-dsl', p.role limit 1), 'unknown') end
$$;
comment on function acting_role is 'The role in which somebody acted for the DSL at a moment: null where they led themselves, or whoever leads was there.';
grant execute on function acting_role(uuid, uuid, timestamptz) to holdfast_app;

-- Whoever is put outside a concern later is outside these too.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'closure', 'concern_move'$from$,
    $to$'closure', 'concern_move', 'fallback_step', 'hand_back'$to$);
end $$;
