-- Colleagues with whom the team confers about a concern, what is followed up for a pupil until it is over, and what children say of their help.

alter table pathway_step add column consulted_id uuid, add column child_ids uuid[] not null default '{}',
  add constraint pathway_step_consulted foreign key (school_id, consulted_id) references adult (school_id, id);
comment on column pathway_step.consulted_id is 'The colleague whom the policy brings in. They see this step and the names of its children, and nothing of the concern.';
comment on column pathway_step.child_ids is 'The children about whom somebody is brought in.';
create index pathway_step_of_consulted on pathway_step (school_id, consulted_id) where settled_at is null;

drop policy pathway_step_read on pathway_step;
create policy pathway_step_read on pathway_step for select using (school_id = scope_school() and (scope_is_worker() or personal_to = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id) or consulted_id = scope_adult()))));
drop policy pathway_step_change on pathway_step;
create policy pathway_step_change on pathway_step for update using (school_id = scope_school() and (scope_is_worker() or personal_to = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id) or consulted_id = scope_adult()))))
  with check (school_id = scope_school() and (settled_at is null or personal_to is null or personal_to = scope_adult()));

create table pupil_case (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  opened_at timestamptz not null,
  opened_by uuid not null,
  since timestamptz not null,
  with_id uuid,
  says text not null default '',
  escalates_at timestamptz,
  escalated_at timestamptz,
  reached_at timestamptz,
  handed_to text,
  handed_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  outcome text,
  primary key (school_id, id),
  check ((closed_at is null) = (outcome is null) and (closed_at is null) = (closed_by is null) and outcome <> ''),
  check ((handed_to is null) = (handed_at is null) and handed_to <> ''),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, with_id) references adult (school_id, id)
);
comment on table pupil_case is 'Something that is followed up for a pupil until it is over: not collected, missing, missing from education, taught at home from now on, often absent.';
comment on column pupil_case.since is 'From when the policy counts.';
comment on column pupil_case.with_id is 'Who looks after the child now, where somebody has to.';
comment on column pupil_case.escalates_at is 'When more has to be done unless the family was reached; null where that is no question, or not any more.';
comment on column pupil_case.reached_at is 'When somebody answered.';
create index pupil_case_by_child on pupil_case (school_id, child_id, opened_at);
create index pupil_case_escalating on pupil_case (school_id, escalates_at) where closed_at is null and escalated_at is null;

create table pupil_case_step (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  step text not null,
  does text not null check (does <> ''),
  source text not null,
  opened_at timestamptz not null,
  before text check (before in ('leaving', 'closing')),
  owner_id uuid,
  settled_at timestamptz,
  settled_by uuid,
  settled text check (settled in ('done', 'not-done')),
  says text,
  primary key (school_id, id),
  unique (school_id, case_id, step),
  check ((settled_at is null) = (settled is null) and (settled_at is null) = (settled_by is null) and (settled_at is null) = (says is null) and says <> ''),
  foreign key (school_id, case_id) references pupil_case (school_id, id),
  foreign key (school_id, owner_id) references adult (school_id, id)
);
comment on table pupil_case_step is 'What the policy has done in such a case, until it is done or a reason says why not.';
comment on column pupil_case_step.before is 'What waits for it: that the pupil leaves the roll, or that the case is closed.';

create table pupil_case_event (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  child_id uuid not null,
  kind text not null check (kind in ('attempt', 'looked-after')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid not null,
  contact_id uuid,
  with_whom text not null default '',
  result text check (result in ('answered', 'no-answer', 'visited')),
  says text not null default '',
  primary key (school_id, id),
  check ((kind = 'attempt') = (result is not null)),
  foreign key (school_id, case_id) references pupil_case (school_id, id)
);
comment on table pupil_case_event is 'Whom somebody tried to reach, when and with what result; who looked after the child from when. Never changed.';
create index pupil_case_event_by_case on pupil_case_event (school_id, case_id, at);

create table child_feedback (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  plan_id uuid,
  concern_id uuid,
  said_at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid not null,
  says text not null check (says <> ''),
  theme text not null default '',
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, plan_id) references plan (school_id, id)
);
comment on table child_feedback is 'What a child says of the help they get, in their own words. Never changed.';
create index child_feedback_by_child on child_feedback (school_id, child_id, said_at);
create index child_feedback_by_plan on child_feedback (school_id, plan_id) where plan_id is not null;

create function scope_keeps_pupil_case(p_case uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from pupil_case where school_id = scope_school() and id = p_case and scope_adult() in (opened_by, with_id))
$$;
comment on function scope_keeps_pupil_case is 'Whether the person in scope opened this case of a pupil or looks after the child in it.';
revoke execute on function scope_keeps_pupil_case(uuid) from public;
grant execute on function scope_keeps_pupil_case(uuid) to holdfast_app;

create function pupil_cases_hold_leaving(p_child uuid) returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select array(select s.does from pupil_case_step s join pupil_case c on c.school_id = s.school_id and c.id = s.case_id
    where s.school_id = scope_school() and s.child_id = p_child and s.before = 'leaving' and s.settled_at is null and c.closed_at is null order by s.opened_at, s.step)
$$;
comment on function pupil_cases_hold_leaving is 'What the policy has done before this pupil leaves the roll and nobody has done. For whoever keeps the roll, who need not see the case.';
revoke execute on function pupil_cases_hold_leaving(uuid) from public;
grant execute on function pupil_cases_hold_leaving(uuid) to holdfast_app;

alter table pupil_case enable row level security;
create policy pupil_case_read on pupil_case for select using (school_id = scope_school() and (scope_is_worker() or (not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}') or opened_by = scope_adult() or with_id = scope_adult()))));
create policy pupil_case_add on pupil_case for insert with check (school_id = scope_school() and opened_by = scope_adult() and not scope_tied_to(child_id));
create policy pupil_case_change on pupil_case for update using (school_id = scope_school() and (scope_is_worker() or (not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}') or opened_by = scope_adult() or with_id = scope_adult()))))
  with check (school_id = scope_school() and (scope_is_worker() or not scope_tied_to(child_id)));
alter table pupil_case_step enable row level security;
create policy pupil_case_step_read on pupil_case_step for select using (school_id = scope_school() and (scope_is_worker() or (not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}') or scope_keeps_pupil_case(case_id)))));
create policy pupil_case_step_add on pupil_case_step for insert with check (school_id = scope_school() and settled_at is null and (scope_is_worker() or (not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}') or scope_keeps_pupil_case(case_id)))));
create policy pupil_case_step_change on pupil_case_step for update using (school_id = scope_school() and not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}'))) with check (school_id = scope_school() and settled_by = scope_adult());
alter table pupil_case_event enable row level security;
create policy pupil_case_event_read on pupil_case_event for select using (school_id = scope_school() and not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}') or scope_keeps_pupil_case(case_id)));
create policy pupil_case_event_add on pupil_case_event for insert with check (school_id = scope_school() and by_id = scope_adult() and not scope_tied_to(child_id)
  and (scope_opens_files() or scope_holds('{attendance-lead,headteacher}') or scope_keeps_pupil_case(case_id)));
alter table child_feedback enable row level security;
create policy child_feedback_read on child_feedback for select using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id)
  and not coalesce(scope_adult() = any (excluded), false));
create policy child_feedback_add on child_feedback for insert with check (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id) and by_id = scope_adult());

grant select, insert on pupil_case, pupil_case_step, pupil_case_event, child_feedback to holdfast_app;
grant update (with_id, escalates_at, escalated_at, reached_at, handed_to, handed_at, closed_at, closed_by, outcome) on pupil_case to holdfast_app;
grant update (settled_at, settled_by, settled, says) on pupil_case_step to holdfast_app;

-- Whoever is put outside a concern is outside what a child said of the plan that came of it.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'plan_review'$from$, $to$'plan_review', 'child_feedback'$to$);
end $$;
