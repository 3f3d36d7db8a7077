-- Plans with their reviews; a pupil's long absence, private fostering, and police notices of domestic abuse.

create table plan (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  concern_id uuid,
  kind text not null check (kind in ('early-help', 'monitoring', 'safety', 'risk-assessment')),
  opened_at timestamptz not null,
  opened_by uuid not null,
  owner_id uuid not null,
  says text not null default '',
  feedback_to text not null default '',
  feedback_days integer check (feedback_days > 0),
  ends_on date,
  review_on date,
  assessed_in_minutes integer check (assessed_in_minutes >= 0),
  closed_at timestamptz,
  closed_by uuid,
  outcome text,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((closed_at is null) = (outcome is null) and (closed_at is null) = (closed_by is null) and outcome <> ''),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, owner_id) references adult (school_id, id)
);
comment on table plan is 'Early help, watching, keeping safe, or a risk and needs assessment: what is done for one child, by whom, until it is closed with its outcome.';
comment on column plan.feedback_days is 'Every how many days whoever watches feeds back, as the plan itself settles it.';
comment on column plan.assessed_in_minutes is 'From the report that asks for an assessment to the assessment.';
create index plan_by_child on plan (school_id, child_id, opened_at);
create index plan_by_concern on plan (school_id, concern_id) where concern_id is not null;

create table plan_review (
  school_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  child_id uuid not null,
  concern_id uuid,
  at timestamptz not null,
  by_id uuid not null,
  progress text not null check (progress in ('improving', 'no-change', 'worse', 'not-said')),
  says text not null default '',
  escalation text not null default '',
  next_on date,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, plan_id) references plan (school_id, id)
);
comment on table plan_review is 'A plan was looked at again. Where nothing improves, what was decided about taking it further.';
create index plan_review_by_plan on plan_review (school_id, plan_id, at);

create table pupil_absence (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  told_on date not null,
  since date,
  school_days integer not null check (school_days > 0),
  authorised boolean not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  notified_at timestamptz,
  notified_by uuid,
  ended_on date,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table pupil_absence is 'So many school days in a row without the pupil, on a day; counted on until the pupil is back.';
comment on column pupil_absence.since is 'The first school day without the pupil, where it is counted on.';
comment on column pupil_absence.notified_at is 'When the authority, or the child''s social worker, was told.';
create index pupil_absence_by_child on pupil_absence (school_id, child_id, told_on);
create index pupil_absence_running on pupil_absence (school_id, told_on) where ended_on is null;

create table private_fostering (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  since date not null,
  known_at timestamptz not null,
  recorded_by uuid not null,
  talked_on date,
  talked_by uuid,
  notified_at timestamptz,
  notified_by uuid,
  ended_on date,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table private_fostering is 'Somebody who is no close relative cares for a child: since when, whether the family was asked, and when the authority was told.';
create index private_fostering_by_child on private_fostering (school_id, child_id);

create table encompass_notice (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  received_at timestamptz not null,
  recorded_by uuid not null,
  arrives_at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  checked_in_at timestamptz,
  checked_in_by uuid,
  done text,
  primary key (school_id, id),
  check ((checked_in_at is null) = (done is null) and done <> ''),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table encompass_notice is 'The police told the school of domestic abuse where a pupil lives: when, whether it was seen before the child came, and what was done. Holds nothing of the incident.';
comment on column encompass_notice.arrives_at is 'When the child next comes to school.';
create index encompass_notice_by_child on encompass_notice (school_id, child_id, received_at);

alter table plan enable row level security;
create policy plan_read on plan for select using (school_id = scope_school() and (scope_is_worker() or (scope_opens_files() and not scope_tied_to(child_id)
  and not coalesce(scope_adult() = any (excluded), false))));
create policy plan_add on plan for insert with check (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id) and opened_by = scope_adult());
create policy plan_change on plan for update using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id)
  and not coalesce(scope_adult() = any (excluded), false));
alter table plan_review enable row level security;
create policy plan_review_read on plan_review for select using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id)
  and not coalesce(scope_adult() = any (excluded), false));
create policy plan_review_add on plan_review for insert with check (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id) and by_id = scope_adult());

-- Any adult may bring these; whoever opens files sees them.
alter table pupil_absence enable row level security;
create policy pupil_absence_read on pupil_absence for select using (school_id = scope_school() and (scope_is_worker()
  or ((scope_opens_files() or scope_holds('{attendance-lead,headteacher}')) and not scope_tied_to(child_id))));
create policy pupil_absence_add on pupil_absence for insert with check (school_id = scope_school() and recorded_by = scope_adult());
create policy pupil_absence_change on pupil_absence for update using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}')) and not scope_tied_to(child_id));
alter table private_fostering enable row level security;
create policy private_fostering_read on private_fostering for select using (school_id = scope_school() and (scope_is_worker() or (scope_opens_files() and not scope_tied_to(child_id))));
create policy private_fostering_add on private_fostering for insert with check (school_id = scope_school() and recorded_by = scope_adult());
create policy private_fostering_change on private_fostering for update using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));
alter table encompass_notice enable row level security;
create policy encompass_notice_read on encompass_notice for select using (school_id = scope_school() and (scope_is_worker() or (scope_opens_files() and not scope_tied_to(child_id))));
create policy encompass_notice_add on encompass_notice for insert with check (school_id = scope_school() and recorded_by = scope_adult()
  and (scope_opens_files() or scope_holds('{system-administrator,receptionist,headteacher}')));
create policy encompass_notice_change on encompass_notice for update using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));

grant select, insert on plan, plan_review, pupil_absence, private_fostering, encompass_notice to holdfast_app;
grant update (owner_id, ends_on, review_on, closed_at, closed_by, outcome) on plan to holdfast_app;
grant update (notified_at, notified_by, ended_on) on pupil_absence to holdfast_app;
grant update (talked_on, talked_by, notified_at, notified_by, ended_on) on private_fostering to holdfast_app;
grant update (seen_at, seen_by, checked_in_at, checked_in_by, done) on encompass_notice to holdfast_app;

-- Whoever is put outside a concern is outside the plans that came of it.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'concern_move'$from$, $to$'concern_move', 'plan', 'plan_review'$to$);
end $$;
