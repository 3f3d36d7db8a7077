-- What was passed to the police as intelligence, and what is looked at before anything of a child's record is given to a parent who asked for it.

create table police_intelligence (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  channel text not null check (channel <> ''),
  at timestamptz not null,
  content_class text not null check (content_class in ('people', 'places', 'vehicles', 'telephones', 'online', 'goods-and-money', 'other')),
  reference text not null check (reference <> ''),
  recorded_at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (at <= recorded_at),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table police_intelligence is 'What was passed to the police by their channel for intelligence. Never changed, and in nothing that a family is given unless a review says so.';
comment on column police_intelligence.channel is 'The way by which it was passed on, as the police call it.';
comment on column police_intelligence.content_class is 'What kind of thing was passed on; never what.';
create index police_intelligence_by_concern on police_intelligence (school_id, concern_id, at);

create table record_request (
  school_id uuid not null,
  id uuid not null,
  child_id uuid not null,
  asked_by text not null check (asked_by <> ''),
  asked_on date not null,
  recorded_at timestamptz not null,
  by_id uuid not null,
  answered_at timestamptz,
  answered_by uuid,
  primary key (school_id, id),
  check ((answered_at is null) = (answered_by is null)),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table record_request is 'A parent has asked for a child''s record. It is answered only when all that is to be reviewed has been.';
create index record_request_by_child on record_request (school_id, child_id, recorded_at);

create table record_review (
  school_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  child_id uuid not null,
  item_kind text not null check (item_kind in ('intelligence', 'parents-held')),
  item_id uuid not null,
  verdict text not null check (verdict in ('give', 'withhold')),
  because text not null check (because <> ''),
  at timestamptz not null,
  by_id uuid not null,
  primary key (school_id, id),
  unique (school_id, request_id, item_kind, item_id),
  foreign key (school_id, request_id) references record_request (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table record_review is 'Whether one thing that stands in a child''s record is given or withheld, and why. Never changed.';
comment on column record_review.item_kind is 'Intelligence passed to the police; or a concern of which nobody was to speak with the parents.';

-- Counts also what the reader is outside of: somebody else reviews it before anything is given.
create function record_request_unreviewed(p_request uuid) returns bigint language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from record_request r
    join concern_child k on k.school_id = r.school_id and k.child_id = r.child_id and k.moved_to is null
    join (select school_id, concern_id, id, 'intelligence' as kind from police_intelligence
      union all select school_id, concern_id, id, 'parents-held' from parent_hold where lifted_at is null) i
      on i.school_id = r.school_id and i.concern_id = k.concern_id
    where r.school_id = scope_school() and r.id = p_request
      and not exists (select from record_review v where v.school_id = r.school_id and v.request_id = r.id and v.item_kind = i.kind and v.item_id = i.id)
$$;
comment on function record_request_unreviewed is 'How many things nobody has reviewed yet before a record that was asked for is given.';
revoke execute on function record_request_unreviewed(uuid) from public;
grant execute on function record_request_unreviewed(uuid) to holdfast_app;

alter table police_intelligence enable row level security;
create policy police_intelligence_read on police_intelligence for select using (school_id = scope_school()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));
create policy police_intelligence_add on police_intelligence for insert with check (school_id = scope_school() and by_id = scope_adult()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));

alter table record_request enable row level security;
create policy record_request_read on record_request for select using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));
create policy record_request_add on record_request for insert with check (school_id = scope_school() and by_id = scope_adult() and answered_at is null
  and scope_opens_files() and not scope_tied_to(child_id));
create policy record_request_answer on record_request for update using (school_id = scope_school() and answered_at is null and scope_opens_files()
  and not scope_tied_to(child_id))
  with check (school_id = scope_school() and answered_by = scope_adult() and record_request_unreviewed(id) = 0);

alter table record_review enable row level security;
create policy record_review_read on record_review for select using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));
create policy record_review_add on record_review for insert with check (school_id = scope_school() and by_id = scope_adult() and scope_opens_files()
  and not scope_tied_to(child_id));

grant select, insert on police_intelligence, record_request, record_review to holdfast_app;
grant update (answered_at, answered_by) on record_request to holdfast_app;

-- Whoever is shut out of a concern is shut out of what was passed on because of it.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'pathway_step'$from$, $to$'police_intelligence', 'pathway_step'$to$);
  if pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure) !~ 'police_intelligence' then
    raise exception 'concern_exclude does not know police_intelligence';
  end if;
end $$;
