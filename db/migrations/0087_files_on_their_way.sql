-- A pupil leaves or joins, and their child-protection file with them: who is told, what is not yet settled, and the way of the file.

-- Those who keep the roll or take the register start what a child's statuses decide, without being shown them.
create function child_rule_facts(p_child uuid, p_on date) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('childId', c.id, 'tied', to_jsonb(c.tied), 'born', c.born, 'leavesAt', c.leaves_at, 'standing', c.standing, 'homeAuthority', c.home_authority,
    'statuses', (select coalesce(jsonb_agg(distinct t.status), '[]') from child_status t where t.school_id = c.school_id and t.child_id = c.id
      and t.starts_on <= p_on and (t.ends_on is null or t.ends_on >= p_on)))
  from child c where c.school_id = scope_school() and c.id = p_child and (scope_adult() is not null or scope_is_worker())
$$;
comment on function child_rule_facts is 'What the rules ask about a child, the statuses of a day among it. For the program, never for a page.';
create function pupil_clock_runs(p_child uuid, p_name text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from clock where school_id = scope_school() and child_id = p_child and name = p_name and met_at is null and ended_at is null)
$$;
comment on function pupil_clock_runs is 'Whether a clock of this name runs for the child already. For the program, so that one duty is not begun twice.';
grant execute on function child_rule_facts(uuid, date), pupil_clock_runs(uuid, text) to holdfast_app;

create table transfer (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  direction text not null check (direction in ('out', 'in')),
  other_school text not null,
  destination text check (destination in ('school', 'independent', 'college', 'home-education', 'missing', 'abroad', 'died')),
  moment text check (moment in ('in-year', 'new-term')),
  moves_on date not null,
  opened_at timestamptz not null,
  opened_by uuid not null,
  sent_at timestamptz,
  sent_by uuid,
  sent_to text,
  received_at timestamptz,
  received_by uuid,
  receipt_at timestamptz,
  receipt_by uuid,
  ended_at timestamptz,
  ended_because text,
  primary key (school_id, id),
  check ((direction = 'out') = (destination is not null)),
  check (receipt_at is null or sent_at is not null),
  check ((ended_at is null) = (ended_because is null)),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, opened_by) references adult (school_id, id)
);
comment on table transfer is 'The way of a child''s file out of this school or into it: due, sent, received, its receipt.';
comment on column transfer.ended_because is 'Why nothing goes on its way: the pupil stays, or there is no file and the other school has said so.';
create index transfer_by_child on transfer (school_id, child_id, opened_at);

create table pupil_reminder (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  rule text not null,
  says text not null,
  source text not null,
  tell text not null check (tell in ('all', 'first')),
  roles text[] not null,
  set_at timestamptz not null,
  tells_at timestamptz not null,
  told_at timestamptz,
  ended_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table pupil_reminder is 'Who is told, and when, unless what it is about has been settled by then. Each is told once.';
create index pupil_reminder_waiting on pupil_reminder (school_id, tells_at) where told_at is null and ended_at is null;
create index pupil_reminder_by_subject on pupil_reminder (school_id, subject_id);

alter table transfer enable row level security;
create policy transfer_read on transfer for select using (school_id = scope_school() and (scope_is_worker() or (scope_opens_files() and not scope_tied_to(child_id))));
create policy transfer_add on transfer for insert with check (school_id = scope_school() and opened_by = scope_adult()
  and (scope_opens_files() or scope_holds('{system-administrator,receptionist,attendance-lead,headteacher}')));
create policy transfer_change on transfer for update using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));
alter table pupil_reminder enable row level security;
create policy pupil_reminder_read on pupil_reminder for select using (school_id = scope_school() and (scope_is_worker() or (scope_opens_files() and not scope_tied_to(child_id))));
create policy pupil_reminder_add on pupil_reminder for insert with check (school_id = scope_school() and scope_adult() is not null);
create policy pupil_reminder_change on pupil_reminder for update using (school_id = scope_school() and (scope_is_worker() or (scope_opens_files() and not scope_tied_to(child_id))));

grant select, insert on transfer, pupil_reminder to holdfast_app;
grant update (sent_at, sent_by, sent_to, received_at, received_by, receipt_at, receipt_by, ended_at, ended_because) on transfer to holdfast_app;
grant update (told_at, ended_at) on pupil_reminder to holdfast_app;

-- A notice may now be about a pupil; it still names none. Whoever does what has to be told writes it.
alter table notice drop constraint notice_topic_check;
alter table notice add constraint notice_topic_check check (topic in ('cover', 'mailbox', 'activity', 'lead-post', 'pupil'));
alter table notice add column child_id uuid, add column rule text, add column role text,
  add constraint notice_about_pupil check ((topic = 'pupil') = (child_id is not null));
comment on table notice is 'Somebody was told of something: that nobody of the team is there, that they are on duty, that something has happened to a pupil. Names no child.';
comment on column notice.rule is 'The rule under which this person was told, and in which role.';
create policy notice_of_pupil on notice for insert with check (school_id = scope_school() and topic = 'pupil' and scope_adult() is not null);

-- Chronologies hold these too.
do $$
declare v_check text;
begin
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'entry'::regclass and conname = 'entry_kind_check';
  alter table entry drop constraint entry_kind_check;
  execute 'alter table entry add constraint entry_kind_check ' || replace(v_check, 'ARRAY[', $kinds$ARRAY['transfer'::text, 'plan'::text, 'event'::text, $kinds$);
  -- A tie that becomes known shuts the adult out of the clocks of the child as well.
  execute replace(pg_get_functiondef('concerns_of_child_exclude(uuid, uuid[])'::regprocedure), 'for v_concern in',
    $to$update clock set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and child_id = p_child;
  for v_concern in$to$);
end $$;
