-- What a school's policy asks of whoever records a concern, and what those answers bring about: an action that nobody set by
-- hand, a child who is to be seen today, parents with whom nobody speaks until the DSL says so.

-- An answer without a triage and without a decision was given with the concern itself, by somebody or by a visitor.
alter table answer drop constraint answer_check;
alter table answer add constraint answer_of_one check (triage_id is null or decision_id is null);
alter table answer alter column by_id drop not null;
alter table answer add constraint answer_by_somebody check (by_id is not null or (triage_id is null and decision_id is null));
alter table answer add column reporter_id uuid;
comment on table answer is 'One answer to a question of the school''s policy, given with the concern, with a triage or with a decision: an option, words, a date. A question with several options has a row for each chosen.';
comment on column answer.reporter_id is 'Whoever answered while recording, who may read their own; null for answers of the team and of visitors.';
create policy answer_own_read on answer for select using (school_id = scope_school() and reporter_id = scope_adult() and triage_id is null and decision_id is null);
create policy answer_own_insert on answer for insert with check (school_id = scope_school() and triage_id is null and decision_id is null
  and reporter_id is not distinct from scope_adult() and by_id is not distinct from scope_adult());

-- Set by the policy's answer to what was recorded, and by nobody: whoever records opens no file, and starts it all the same.
alter table action alter column set_by drop not null;
comment on column action.set_by is 'Null where an answer to a question of the policy set it.';
create policy action_of_answer on action for insert with check (school_id = scope_school() and set_by is null and concern_id is not null and done_at is null);

create table parent_hold (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  question text not null,
  option text not null,
  set_at timestamptz not null,
  reporter_id uuid,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_because text,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((lifted_at is null) = (lifted_by is null)),
  check (lifted_at is null or lifted_because <> ''),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table parent_hold is 'Nobody speaks with the parents of the children of this concern: set by an answer given while recording, lifted with a reason by whoever leads.';
comment on column parent_hold.question is 'The question and the option of the school''s policy that set it.';
create index parent_hold_standing on parent_hold (school_id, concern_id) where lifted_at is null;
alter table parent_hold enable row level security;
create policy parent_hold_read on parent_hold for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or ((scope_opens_files() or scope_stands_in(concern_id)) and not coalesce(scope_adult() = any (excluded), false))));
create policy parent_hold_insert on parent_hold for insert with check (school_id = scope_school() and lifted_at is null);
create policy parent_hold_lift on parent_hold for update using (school_id = scope_school() and scope_holds(array['dsl', 'deputy-dsl'])
  and not coalesce(scope_adult() = any (excluded), false));
grant select, insert on parent_hold to holdfast_app;
grant update (lifted_at, lifted_by, lifted_because) on parent_hold to holdfast_app;

do $$
declare
  v_check text;
begin
  -- Whoever is shut out of a concern is shut out of this.
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'concern_move'$from$, $to$'concern_move', 'parent_hold'$to$);
  -- Told that a child has not been seen, though the day ends.
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[', $kinds$ARRAY['not-seen'::text, $kinds$);
end $$;
