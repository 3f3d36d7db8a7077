-- What a school's policy asks at triage and at a decision beyond what every school is asked, and the other children of a
-- household in which one of them was harmed. Which questions there are, and which harm concerns a household, is the policy's.

create table answer (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  triage_id uuid,
  decision_id uuid,
  question text not null,
  option text,
  says text not null default '',
  happened_on date,
  at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((triage_id is null) <> (decision_id is null)),
  check (option is not null or says <> '' or happened_on is not null),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table answer is 'One answer to a question of the school''s policy, given with a triage or a decision: an option, words, a date. A question with several options has a row for each chosen.';
comment on column answer.happened_on is 'The day that the answer is about, where the question asks for one: the day of a sign, of a review.';
create index answer_by_concern on answer (school_id, concern_id, at);
create index answer_by_question on answer (school_id, question, at);

create table household_child (
  school_id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  part text not null check (part in ('subject', 'sibling')),
  state text not null check (state in ('awaiting', 'confirmed', 'dismissed')),
  linked_at timestamptz not null,
  linked_by uuid,
  answered_at timestamptz,
  answered_by uuid,
  reason text,
  contact_says text,
  excluded uuid[] not null default '{}',
  primary key (school_id, concern_id, child_id),
  check (state <> 'dismissed' or reason <> ''),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table household_child is 'Children of a household in which harm was reported: those whom the concern is about, and their brothers and sisters here, possibly affected until the safeguarding team confirms or dismisses it.';
comment on column household_child.contact_says is 'Who may and who may not be rung about these children, as written at triage.';
comment on column household_child.excluded is 'Those outside the concern, and those tied to this child.';
create index household_child_by_child on household_child (school_id, child_id);
create index household_child_awaiting on household_child (school_id, linked_at) where state = 'awaiting';

alter table answer enable row level security;
create policy answer_team on answer using (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)) and not coalesce(scope_adult() = any (excluded), false))
  with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));

-- Whoever records a concern links the household by doing so, and is shown nothing of it.
alter table household_child enable row level security;
create policy household_child_read on household_child for select using (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id))
  and not coalesce(scope_adult() = any (excluded), false));
create policy household_child_insert on household_child for insert with check (school_id = scope_school());
create policy household_child_change on household_child for update using (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id))
  and not coalesce(scope_adult() = any (excluded), false));

grant select, insert on answer, household_child to holdfast_app;
grant update (state, answered_at, answered_by, reason, contact_says) on household_child to holdfast_app;

-- Whoever is shut out of a concern, or of a brother's or sister's file, is shut out of these.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'concern_move'$from$, $to$'concern_move', 'answer', 'household_child'$to$);
  execute replace(pg_get_functiondef('concerns_of_child_exclude(uuid, uuid[])'::regprocedure), 'for v_concern in',
    $to$update household_child set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and child_id = p_child;
  for v_concern in$to$);
end $$;
