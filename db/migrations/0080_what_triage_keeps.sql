-- What a judgement keeps besides itself: to whom a child was not referred and why, corrections that leave the first in sight, the main
-- category, how long the triage took and what the register said, the edition of the threshold document, and a second look under a newer one.

alter table triage add column main_category text, add column started_at timestamptz, add column registration jsonb not null default '[]',
  add constraint triage_main_is_chosen check (main_category is null or main_category = any (categories)),
  add constraint triage_starts_before check (started_at is null or started_at <= at);
comment on column triage.main_category is 'Of several categories the one that weighs most.';
comment on column triage.started_at is 'When whoever triaged opened the form; "at" is when they saved it.';
comment on column triage.registration is 'The registration marks of the day as they stood at the triage, by child.';

alter table decision add column framework text, add column level_id text, add column threshold_title text, add column threshold_edition text,
  add column threshold_under_review boolean not null default false, add column considered text[] not null default '{}',
  add constraint decision_cites_whole check ((threshold_title is null) = (threshold_edition is null));
comment on column decision.framework is 'The authority by whose levels of need it was judged.';
comment on column decision.threshold_edition is 'The edition of the threshold document that held on that day, as the school''s profile names it.';
comment on column decision.considered is 'Routes that were weighed, the chosen one among them.';
create index decision_under_review on decision (school_id, at) where threshold_under_review;

create table not_referred (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  decision_id uuid,
  closure_id uuid,
  agency text not null check (agency in ('social-care', 'early-help', 'police', 'prevent', 'lado', 'mental-health', 'other')),
  reason text not null check (reason <> ''),
  at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((decision_id is null) <> (closure_id is null)),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table not_referred is 'An agency to which a child was not referred, by a decision or at a closing, and why. Never changed: what was wrong is corrected beside it.';
create index not_referred_by_concern on not_referred (school_id, concern_id);
create index not_referred_by_time on not_referred (school_id, at);

create table amendment (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  kind text not null check (kind in ('triage', 'decision', 'closure')),
  judgement_id uuid not null,
  says text not null check (says <> ''),
  because text not null check (because <> ''),
  at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table amendment is 'A correction of a triage, a decision or a closing. What was written first stays as it was, with this beside it.';
create index amendment_by_concern on amendment (school_id, concern_id, at);

create table second_look (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  decision_id uuid not null,
  edition text not null,
  outcome text not null check (outcome in ('unchanged', 'changed')),
  because text not null check (because <> ''),
  at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, decision_id) references decision (school_id, id)
);
comment on table second_look is 'A second look at a decision that was made while the threshold document was under review, under a newer edition of it.';
create index second_look_by_decision on second_look (school_id, decision_id);

create table attendance_mark (
  school_id uuid not null references school (id),
  child_id uuid not null,
  on_day date not null,
  mark text not null check (mark in ('present', 'late', 'absent')),
  at_time text,
  says text not null default '',
  entered_at timestamptz not null,
  entered_by uuid not null,
  primary key (school_id, child_id, on_day),
  check (mark = 'absent' or at_time is not null),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table attendance_mark is 'Whether and when a child arrived on a day, from the register. Entering a day again replaces its mark.';
comment on column attendance_mark.says is 'How they arrived, or why they did not.';
create index attendance_mark_by_day on attendance_mark (school_id, on_day);

-- What was decided before this: the reason for not referring was always asked about social care.
insert into not_referred (school_id, id, concern_id, decision_id, agency, reason, at, by_id, excluded)
  select school_id, gen_random_uuid(), concern_id, id, 'social-care', not_referring_because, at, by_id, excluded from decision where coalesce(not_referring_because, '') <> '';

alter table not_referred enable row level security;
create policy not_referred_team on not_referred using (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)) and not coalesce(scope_adult() = any (excluded), false))
  with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));
alter table amendment enable row level security;
create policy amendment_team on amendment using (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)) and not coalesce(scope_adult() = any (excluded), false))
  with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));
alter table second_look enable row level security;
create policy second_look_team on second_look using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false))
  with check (school_id = scope_school() and scope_opens_files());

-- Whoever may be asked to triage in the team's place has to see whether the child is here.
alter table attendance_mark enable row level security;
create policy attendance_mark_read on attendance_mark for select using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator,headteacher,deputy-headteacher,senior-leader}')));
create policy attendance_mark_add on attendance_mark for insert with check (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator}')));
create policy attendance_mark_change on attendance_mark for update using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator}')));

grant select, insert on not_referred, amendment, second_look, attendance_mark to holdfast_app;
grant update (mark, at_time, says, entered_at, entered_by) on attendance_mark to holdfast_app;

-- Whoever is shut out of a concern is shut out of these.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'household_child'$from$,
    $to$'household_child', 'not_referred', 'amendment', 'second_look'$to$);
end $$;
