-- Harm between children: what the behaviour log passes on, what is arranged for each child and talked over with their own parents, why
-- parents are not told and who agreed, advice that was asked for and came, what waits while an agency has asked for silence, records
-- that are kept longer, a referral made again, and a report of which its writer keeps a receipt alone.

create table behaviour_entry (
  school_id uuid not null references school (id),
  id uuid not null,
  happened_on date not null,
  place text not null check (place in ('on-site', 'off-site', 'online', 'transport')),
  tags text[] not null,
  says text not null check (says <> ''),
  recorded_at timestamptz not null,
  by_id uuid not null,
  concern_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table behaviour_entry is 'An incident of behaviour as it was written. One that is a worry about a child has a concern of the same moment.';
comment on column behaviour_entry.concern_id is 'The concern by which it came to the safeguarding team; null where nothing in it made it one.';
create index behaviour_entry_by_concern on behaviour_entry (school_id, concern_id) where concern_id is not null;

create table behaviour_child (
  school_id uuid not null,
  entry_id uuid not null,
  child_id uuid not null,
  part text not null check (part in ('harmed', 'did', 'there')),
  by_id uuid not null,
  concern_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, entry_id, child_id),
  foreign key (school_id, entry_id) references behaviour_entry (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table behaviour_child is 'A child in an incident, with their part in it.';
create index behaviour_child_by_child on behaviour_child (school_id, child_id);

create table arrangement (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  kind text not null check (kind in ('class-move', 'timetable', 'supervision', 'transport', 'off-site', 'support', 'other')),
  says text not null check (says <> ''),
  begins_on date not null,
  set_at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table arrangement is 'What the school arranges for one child of a concern, such as a move to another class.';
create index arrangement_by_concern on arrangement (school_id, concern_id);

create table family_meeting (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  at timestamptz not null,
  with_whom text not null check (with_whom <> ''),
  child_present boolean not null,
  absent_because text not null default '',
  arrangements text not null default '',
  wishes text not null default '',
  education text not null default '',
  next_steps text not null default '',
  recorded_at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table family_meeting is 'A meeting with the parents of one child of a concern about what is arranged. What is missing in it is shown, not refused.';
create index family_meeting_by_concern on family_meeting (school_id, concern_id);

create table retention_flag (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  bears_on text not null check (bears_on in ('sexual-abuse')),
  set_at timestamptz not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  unique (school_id, concern_id, child_id, bears_on),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table retention_flag is 'The records of this child bear on something for which they are kept longer, from this moment.';
create index retention_flag_by_child on retention_flag (school_id, child_id);

alter table parent_contact add column approved_by uuid, add column method text, add column advised_by text, add column advised_role text, add column advised_at timestamptz,
  add constraint parent_contact_approver foreign key (school_id, approved_by) references adult (school_id, id),
  add constraint parent_contact_second check (approved_by is null or approved_by <> by_id),
  add constraint parent_contact_advice check ((advised_by is null) = (advised_at is null) and (advised_by is null) = (advised_role is null));
comment on column parent_contact.approved_by is 'The second of the team who agreed that parents are not told.';
comment on column parent_contact.advised_by is 'Of social care, who supported it that parents are not told of a referral.';

alter table parent_hold add column child_id uuid,
  add constraint parent_hold_child foreign key (school_id, child_id) references child (school_id, id);
comment on column parent_hold.child_id is 'Whose parents are not spoken with; null where it is those of every child in the concern.';

alter table action add column asks_children boolean not null default false;
comment on column action.asks_children is 'Doing it means asking children about what happened: it waits while an agency has asked that nobody does.';

alter table referral add column again_because text, add column new_evidence text,
  add constraint referral_again check ((follows_id is null and again_because is null and new_evidence is null) or (follows_id is not null));
comment on column referral.again_because is 'Why the child is referred again.';

alter table concern add column receipt_only boolean not null default false;
alter table concern add column attachments_locked boolean not null default false;
comment on column concern.attachments_locked is 'Nothing is attached to it any more: it is about images that nobody keeps.';
grant update (attachments_locked) on concern to holdfast_app;
comment on column concern.receipt_only is 'Whoever wrote it has a receipt and is not shown the words again.';

create function concern_keep_receipt(p_concern uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not scope_recorded(p_concern) then return; end if;
  update concern set receipt_only = true where school_id = scope_school() and id = p_concern;
  update concern_account set reporter_id = null, written_by = null where school_id = scope_school() and concern_id = p_concern;
  update concern_child set reporter_id = null where school_id = scope_school() and concern_id = p_concern;
  update concern_adult set reporter_id = null where school_id = scope_school() and concern_id = p_concern;
  update body_mark set reporter_id = null where school_id = scope_school() and concern_id = p_concern;
  update explanation set reporter_id = null where school_id = scope_school() and concern_id = p_concern;
end $$;
comment on function concern_keep_receipt is 'Leaves whoever wrote the concern a receipt: its words, children and adults are the safeguarding team''s alone from now on.';

create function concern_questions_held(p_concern uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select e.kind <> 'released' from pathway_event e where e.school_id = scope_school() and e.concern_id = p_concern and (e.holds or e.kind = 'released')
    order by e.recorded_at desc, e.at desc, e.id desc limit 1), false)
$$;
comment on function concern_questions_held is 'Has an agency asked that nobody questions the children of this concern, and not let it go on since? Says nothing else of it.';
revoke execute on function concern_keep_receipt(uuid), concern_questions_held(uuid) from public;
grant execute on function concern_keep_receipt(uuid), concern_questions_held(uuid) to holdfast_app;

alter table behaviour_entry enable row level security;
create policy behaviour_entry_read on behaviour_entry for select using (school_id = scope_school()
  and (by_id = scope_adult() or (not coalesce(scope_adult() = any (excluded), false) and scope_opens_files())));
create policy behaviour_entry_insert on behaviour_entry for insert with check (school_id = scope_school() and by_id = scope_adult());
alter table behaviour_child enable row level security;
create policy behaviour_child_read on behaviour_child for select using (school_id = scope_school()
  and (by_id = scope_adult() or (not coalesce(scope_adult() = any (excluded), false) and scope_opens_files())));
create policy behaviour_child_insert on behaviour_child for insert with check (school_id = scope_school() and by_id = scope_adult());

alter table arrangement enable row level security;
create policy arrangement_read on arrangement for select using (school_id = scope_school()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));
create policy arrangement_insert on arrangement for insert with check (school_id = scope_school() and by_id = scope_adult()
  and (scope_opens_files() or scope_stands_in(concern_id)));
alter table family_meeting enable row level security;
create policy family_meeting_read on family_meeting for select using (school_id = scope_school()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));
create policy family_meeting_insert on family_meeting for insert with check (school_id = scope_school() and by_id = scope_adult()
  and (scope_opens_files() or scope_stands_in(concern_id)));
alter table retention_flag enable row level security;
create policy retention_flag_read on retention_flag for select using (school_id = scope_school()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));
create policy retention_flag_insert on retention_flag for insert with check (school_id = scope_school()
  and (scope_opens_files() or scope_stands_in(concern_id) or scope_recorded(concern_id)));
grant select, insert on behaviour_entry, behaviour_child, arrangement, family_meeting, retention_flag to holdfast_app;

alter table pathway_event drop constraint pathway_event_kind_check,
  add constraint pathway_event_kind_check check (kind in ('done', 'not-done', 'proposed', 'agreed', 'tried', 'asked', 'released'));
comment on column pathway_event.kind is '"proposed" not to be done waits for a second of the team, who has "agreed"; "tried" was in vain; "asked" waits for advice; "released": the children may be questioned again.';

do $$
begin
  -- Whoever is shut out of a concern is shut out of these.
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'second_look'$from$,
    $to$'second_look', 'behaviour_entry', 'behaviour_child', 'arrangement', 'family_meeting', 'retention_flag'$to$);
end $$;
