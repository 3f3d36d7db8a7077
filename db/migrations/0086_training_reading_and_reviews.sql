-- What adults must have been trained in and have read, and what the school checks and reviews: who owes it, what was done, by when.

create table adult_duty (
  school_id uuid not null references school (id),
  adult_id uuid not null,
  started_on date not null,
  works_directly boolean,
  ended_at timestamptz,
  primary key (school_id, adult_id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table adult_duty is 'Adults whose training and reading is followed, from the day on which they started.';
comment on column adult_duty.works_directly is 'Whether they work with children directly, where it was said of them; otherwise their roles tell.';

create table training_record (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  course text not null check (course ~ '^[a-z]+(-[a-z]+)*$'),
  completed_on date not null,
  provider text,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table training_record is 'A course that an adult has completed. Nothing is changed: a later course is a row of its own.';
create index training_record_by_adult on training_record (school_id, adult_id, course);

create table edition (
  school_id uuid not null references school (id),
  id uuid not null,
  document text not null check (document ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  edition text not null,
  from_on date not null,
  issued_at timestamptz not null,
  issued_by uuid not null,
  primary key (school_id, id)
);
comment on table edition is 'An edition of a document of the school that is read: from its day on, signatures on an earlier one no longer count.';
create index edition_by_document on edition (school_id, document, from_on);

create table reading_issue (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  document text not null,
  title text not null,
  edition text not null,
  edition_on date not null,
  clock text not null,
  parts text[] not null check (cardinality(parts) > 0),
  own_hand boolean not null,
  induction boolean not null,
  issued_at timestamptz not null,
  completed_at timestamptz,
  withdrawn_at timestamptz,
  chased integer not null default 0,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table reading_issue is 'A document in one edition given to one adult to read. Complete once every part is signed; withdrawn where it is owed no longer.';
create index reading_issue_by_adult on reading_issue (school_id, adult_id, document);
create index reading_issue_open on reading_issue (school_id, issued_at) where completed_at is null and withdrawn_at is null;

create table reading_part (
  school_id uuid not null,
  issue_id uuid not null,
  part text not null check (part in ('received', 'read', 'understood', 'agreed')),
  adult_id uuid not null,
  signed_at timestamptz not null,
  recorded_by uuid not null,
  primary key (school_id, issue_id, part),
  foreign key (school_id, issue_id) references reading_issue (school_id, id)
);
comment on table reading_part is 'Received, read, understood: each is a signature of its own.';

create table school_check (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  done_on date not null,
  outcome text not null check (outcome in ('good', 'faults')),
  actions_open integer not null default 0 check (actions_open >= 0),
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  participants uuid[] not null,
  technical text,
  safeguarding text,
  primary key (school_id, id)
);
comment on table school_check is 'A check, review, assessment, audit or report that the school owes, as it was done. Faults are split into those of the technology and those of safeguarding.';
create index school_check_by_kind on school_check (school_id, kind, done_on);

alter table adult_duty enable row level security;
create policy adult_duty_read on adult_duty for select using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy adult_duty_add on adult_duty for insert with check (school_id = scope_school() and (scope_is_worker() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy adult_duty_change on adult_duty for update using (school_id = scope_school() and (scope_is_worker() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));

alter table training_record enable row level security;
create policy training_record_read on training_record for select using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy training_record_add on training_record for insert with check (school_id = scope_school() and recorded_by = scope_adult()
  and (adult_id = scope_adult() or scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')));

alter table edition enable row level security;
create policy edition_read on edition for select using (school_id = scope_school());
create policy edition_add on edition for insert with check (school_id = scope_school() and issued_by = scope_adult()
  and (scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')));

alter table reading_issue enable row level security;
create policy reading_issue_read on reading_issue for select using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy reading_issue_add on reading_issue for insert with check (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy reading_issue_change on reading_issue for update using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));

-- Where the text asks for a person's own hand, nobody else's signature is taken, whatever their role: the columns of the issue say so.
create function reading_may_sign(p_issue uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from reading_issue i where i.school_id = scope_school() and i.id = p_issue and i.withdrawn_at is null
    and (i.adult_id = scope_adult() or (not i.own_hand and (scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')))))
$$;
comment on function reading_may_sign is 'Whether the person in scope may sign this issue: their own, or that of a colleague where no own hand is asked for and they keep the record.';
revoke execute on function reading_may_sign(uuid) from public;
grant execute on function reading_may_sign(uuid) to holdfast_app;

alter table reading_part enable row level security;
create policy reading_part_read on reading_part for select using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy reading_part_add on reading_part for insert with check (school_id = scope_school() and recorded_by = scope_adult() and reading_may_sign(issue_id));

alter table school_check enable row level security;
create policy school_check_read on school_check for select using (school_id = scope_school() and (scope_is_worker() or scope_opens_files() or scope_holds('{headteacher,deputy-headteacher,senior-leader,record-keeper,human-resources}')
  or scope_adult() = any (participants) or (kind in ('filtering-check', 'filtering-review') and scope_holds('{it-manager,online-safety-lead}'))));
create policy school_check_add on school_check for insert with check (school_id = scope_school() and recorded_by = scope_adult()
  and (scope_opens_files() or scope_holds('{headteacher,deputy-headteacher,senior-leader,record-keeper,human-resources,prevent-contact,online-safety-lead,safeguarding-governor,chair-of-governors,trust-safeguarding-lead,central-staff}')
    or (kind in ('filtering-check', 'filtering-review') and scope_holds('{it-manager}'))));

grant select, insert on adult_duty, training_record, edition, reading_issue, reading_part, school_check to holdfast_app;
grant update (started_on, works_directly, ended_at) on adult_duty to holdfast_app;
grant update (completed_at, withdrawn_at, chased) on reading_issue to holdfast_app;

-- How far a duty's time has been told is no passing on: nobody else becomes its owner.
alter table clock add column told integer not null default 0;
comment on column clock.told is 'Of a duty of the school or of an adult: 1 where it was told that its time is near, 2 that it has passed.';
grant update (told) on clock to holdfast_app;

-- Whoever does a check or a review meets its clock, also where somebody else answers for it.
create function school_duty_meet(p_check uuid, p_now timestamptz) returns setof text language sql security definer set search_path = public, pg_temp as $$
  update clock c set met_at = p_now from school_check k
  where k.school_id = scope_school() and k.id = p_check and k.recorded_by = scope_adult()
    and c.school_id = k.school_id and c.area = 'school' and c.subject_kind = 'school' and c.name = k.kind and c.met_at is null and c.ended_at is null
  returning c.rule
$$;
comment on function school_duty_meet is 'Meets the running clocks of what the person in scope has just recorded as done.';
revoke execute on function school_duty_meet(uuid, timestamptz) from public;
grant execute on function school_duty_meet(uuid, timestamptz) to holdfast_app;

-- What governors see: of each duty how many owe it and how many are late, and never a name. Few can be recognised, so that a count of
-- people below five is given as that alone.
create function duty_standing(p_now timestamptz) returns table (name text, owed integer, late integer, next_due timestamptz, last_done date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.name, count(*)::integer, count(*) filter (where c.due_at < p_now)::integer, min(c.due_at),
    (select max(k.done_on) from school_check k where k.school_id = scope_school() and k.kind = c.name)
  from clock c
  where c.school_id = scope_school() and c.area = 'school' and c.subject_kind in ('adult', 'school') and c.met_at is null and c.ended_at is null
    and (scope_is_worker() or scope_opens_files()
      or scope_holds('{headteacher,human-resources,record-keeper,governor,trustee,safeguarding-governor,chair-of-governors,chair-of-trustees,trust-safeguarding-lead,senior-leader,deputy-headteacher}'))
  group by c.name
$$;
comment on function duty_standing is 'The school''s running duties by name, as numbers alone: governors read this and no row behind it.';
revoke execute on function duty_standing(timestamptz) from public;
grant execute on function duty_standing(timestamptz) to holdfast_app;
