-- What a policy has done for one kind of worry, step by step, until each is done or somebody has written why not; why somebody
-- rang an authority without the team; the referral that another one follows; and when a printed contact was last checked.

create table pathway_step (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  pathway text not null,
  step text not null,
  does text not null check (does <> ''),
  rule text not null,
  source text not null,
  standing text not null check (standing in ('stated', 'read', 'setting', 'unverified')),
  agency text check (agency in ('social-care', 'early-help', 'police', 'prevent', 'lado', 'mental-health', 'other')),
  personal_to uuid,
  opened_at timestamptz not null,
  due_at timestamptz,
  late_at timestamptz,
  told_times integer not null default 0,
  settled_at timestamptz,
  settled text check (settled in ('done', 'not-done')),
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  unique (school_id, concern_id, pathway, step),
  check ((settled_at is null) = (settled is null)),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, personal_to) references adult (school_id, id)
);
comment on table pathway_step is 'A step that the school''s policy asks for in this concern. It stays open until it is done or a reason says why not.';
comment on column pathway_step.personal_to is 'Who does it in person; nobody can take it over. Null where the team does it.';
comment on column pathway_step.due_at is 'By when the policy has it done; null where it gives no time.';
comment on column pathway_step.late_at is 'When those who hear of it are told next; null where nobody is, or nobody any more.';
create index pathway_step_late on pathway_step (school_id, late_at) where settled_at is null;
create index pathway_step_of_adult on pathway_step (school_id, personal_to) where settled_at is null;

create table pathway_event (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  step_id uuid not null,
  kind text not null check (kind in ('done', 'not-done', 'proposed', 'agreed', 'tried')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid not null,
  with_whom text not null default '',
  reference text not null default '',
  says text not null default '',
  adult_id uuid,
  holds boolean not null default false,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (kind not in ('not-done', 'proposed') or says <> ''),
  check (adult_id is null or kind = 'done'),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, step_id) references pathway_step (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table pathway_event is 'What was done about a step, or why it is not done. Never changed.';
comment on column pathway_event.kind is '"proposed" not to be done waits for a second of the team, who has "agreed"; "tried" was in vain.';
comment on column pathway_event.adult_id is 'The colleague who takes it on, such as an appropriate adult.';
comment on column pathway_event.holds is 'The agency advised that nobody questions the children meanwhile.';
create index pathway_event_by_step on pathway_event (school_id, step_id, recorded_at);
create index pathway_event_by_concern on pathway_event (school_id, concern_id);

create table contact_check (
  school_id uuid not null references school (id),
  id uuid not null,
  contact text not null check (contact <> ''),
  outcome text not null check (outcome in ('right', 'wrong')),
  says text not null default '',
  at timestamptz not null,
  by_id uuid not null,
  primary key (school_id, id),
  check (outcome = 'right' or says <> '')
);
comment on table contact_check is 'Somebody of the team has tried a contact of the policy: it is right, or what is wrong with it.';
create index contact_check_by_contact on contact_check (school_id, contact, at);

alter table referral add column direct_because text, add column follows_id uuid, add column follow_up_on date,
  add constraint referral_follows foreign key (school_id, follows_id) references referral (school_id, id),
  add constraint referral_because_of_direct check (direct_because is null or direct);
comment on column referral.direct_because is 'Why whoever reported it rang without the team: a reason of the policy.';
comment on column referral.follows_id is 'The earlier referral of the same child after which this one was made.';
comment on column referral.follow_up_on is 'When somebody asks what came of it, where the referral was made in writing.';
grant update (follow_up_on) on referral to holdfast_app;

alter table pathway_step enable row level security;
create policy pathway_step_read on pathway_step for select using (school_id = scope_school() and (scope_is_worker() or personal_to = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy pathway_step_insert on pathway_step for insert with check (school_id = scope_school() and settled_at is null and (scope_opens_files() or scope_stands_in(concern_id)
  or (reporter_id is not distinct from scope_adult() and scope_recorded(concern_id))));
create policy pathway_step_change on pathway_step for update using (school_id = scope_school() and (scope_is_worker() or personal_to = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))))
  with check (school_id = scope_school() and (settled_at is null or personal_to is null or personal_to = scope_adult()));

alter table pathway_event enable row level security;
create policy pathway_event_read on pathway_event for select using (school_id = scope_school() and (by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy pathway_event_insert on pathway_event for insert with check (school_id = scope_school() and by_id = scope_adult()
  and (scope_opens_files() or scope_stands_in(concern_id) or reporter_id = scope_adult()));

alter table contact_check enable row level security;
create policy contact_check_read on contact_check for select using (school_id = scope_school() and (scope_is_worker() or scope_adult() is not null));
create policy contact_check_insert on contact_check for insert with check (school_id = scope_school() and scope_opens_files() and by_id = scope_adult());

grant select, insert on pathway_step, pathway_event, contact_check to holdfast_app;
grant update (late_at, told_times, settled_at, settled) on pathway_step to holdfast_app;

do $$
declare
  v_check text;
begin
  -- Whoever is shut out of a concern is shut out of these.
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'second_look'$from$, $to$'second_look', 'pathway_step', 'pathway_event'$to$);
  -- Told that what the policy asks for was not done in time.
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[', $kinds$ARRAY['step-late'::text, $kinds$);
end $$;
