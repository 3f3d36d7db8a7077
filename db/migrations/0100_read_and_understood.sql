-- Reading is complete when it is signed and not when it is said; what shows that it was understood; who missed a briefing; and what
-- pupils and parents agree to before a device is handed over.

create function reading_is_signed(p_issue uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from reading_issue i where i.school_id = scope_school() and i.id = p_issue
    and i.parts <@ array(select g.part from reading_part g where g.school_id = i.school_id and g.issue_id = i.id))
$$;
comment on function reading_is_signed is 'Whether every part of an issue is signed.';
revoke execute on function reading_is_signed(uuid) from public;
grant execute on function reading_is_signed(uuid) to holdfast_app;

drop policy reading_issue_add on reading_issue;
create policy reading_issue_add on reading_issue for insert with check (school_id = scope_school() and completed_at is null
  and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')));
drop policy reading_issue_change on reading_issue;
create policy reading_issue_change on reading_issue for update using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
    or scope_holds('{headteacher,human-resources,record-keeper}')))
  with check (school_id = scope_school() and (completed_at is null or reading_is_signed(id)) and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
    or scope_holds('{headteacher,human-resources,record-keeper}')));

alter table reading_issue add column chased_at timestamptz[] not null default '{}';
comment on column reading_issue.chased_at is 'When somebody was told that it is not confirmed.';
grant update (chased_at) on reading_issue to holdfast_app;

alter table adult_duty add column works_on smallint[] check (works_on <@ '{1,2,3,4,5,6,7}');
comment on column adult_duty.works_on is 'On which days of the week they work, Monday being 1; null on every school day.';
grant update (works_on) on adult_duty to holdfast_app;

create table reading_answer (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  question text not null check (question ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  choice text not null check (choice ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  answered_at timestamptz not null,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table reading_answer is 'What somebody answered to a question about what they have read. Which answer is right stands in the policy.';
create index reading_answer_by_adult on reading_answer (school_id, adult_id, question, answered_at);

create table briefing (
  school_id uuid not null references school (id),
  id uuid not null,
  title text not null check (title <> ''),
  held_on date not null,
  present uuid[] not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, recorded_by) references adult (school_id, id)
);
comment on table briefing is 'A briefing of staff and who was there. Whoever was not has something to catch up on.';

create table adult_task (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  kind text not null check (kind in ('refresher', 'catch-up')),
  about text not null,
  says text not null,
  away boolean not null default false,
  opened_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  primary key (school_id, id),
  check ((done_at is null) = (done_by is null)),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table adult_task is 'Something that an adult is to do so as to know what colleagues know: read again what was not understood, catch up on a briefing.';
comment on column adult_task.about is 'The question that was answered wrongly, or the briefing.';
comment on column adult_task.away is 'The briefing was on a day on which they do not work.';
create index adult_task_open on adult_task (school_id, adult_id) where done_at is null;

create table agreement (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  document text not null check (document ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  edition text not null,
  edition_on date not null,
  signer text not null check (signer in ('pupil', 'parent')),
  agreed_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table agreement is 'A pupil, or a parent of theirs, agreed to rules in one edition.';
create index agreement_by_child on agreement (school_id, child_id, document);

create table device_issue (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  device text not null check (device <> ''),
  document text not null,
  signers text[] not null check (cardinality(signers) > 0),
  issued_at timestamptz not null,
  issued_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table device_issue is 'A device handed to a pupil, under which rules and who had agreed to them. Without the agreements the database takes no such row.';
create index device_issue_by_child on device_issue (school_id, child_id);

-- An agreement to an edition that another one has replaced no longer counts.
create function device_is_agreed(p_child uuid, p_document text, p_signers text[], p_now timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select p_signers <@ array(select a.signer from agreement a where a.school_id = scope_school() and a.child_id = p_child and a.document = p_document
    and a.edition_on >= coalesce((select max(e.from_on) from edition e where e.school_id = scope_school() and e.document = p_document
      and e.from_on <= (p_now at time zone 'Europe/London')::date), a.edition_on))
$$;
comment on function device_is_agreed is 'Whether everybody who must has agreed to the rules in the edition that holds.';
revoke execute on function device_is_agreed(uuid, text, text[], timestamptz) from public;
grant execute on function device_is_agreed(uuid, text, text[], timestamptz) to holdfast_app;

alter table reading_answer enable row level security;
create policy reading_answer_read on reading_answer for select using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy reading_answer_add on reading_answer for insert with check (school_id = scope_school() and adult_id = scope_adult());

alter table briefing enable row level security;
create policy briefing_read on briefing for select using (school_id = scope_school() and (scope_is_worker() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy briefing_add on briefing for insert with check (school_id = scope_school() and recorded_by = scope_adult() and (scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));

alter table adult_task enable row level security;
create policy adult_task_read on adult_task for select using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult() or scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy adult_task_add on adult_task for insert with check (school_id = scope_school() and done_at is null and ((adult_id = scope_adult() and kind = 'refresher')
  or scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy adult_task_change on adult_task for update using (school_id = scope_school() and (scope_opens_files()
  or scope_holds('{headteacher,human-resources,record-keeper}')));

alter table agreement enable row level security;
create policy agreement_read on agreement for select using (school_id = scope_school() and (scope_is_worker() or scope_opens_files()
  or scope_holds('{headteacher,record-keeper,it-manager,online-safety-lead}')));
create policy agreement_add on agreement for insert with check (school_id = scope_school() and recorded_by = scope_adult() and (scope_opens_files()
  or scope_holds('{headteacher,record-keeper,it-manager,online-safety-lead}')));

alter table device_issue enable row level security;
create policy device_issue_read on device_issue for select using (school_id = scope_school() and (scope_is_worker() or scope_opens_files()
  or scope_holds('{headteacher,record-keeper,it-manager,online-safety-lead}')));
create policy device_issue_add on device_issue for insert with check (school_id = scope_school() and issued_by = scope_adult()
  and device_is_agreed(child_id, document, signers, issued_at)
  and (scope_opens_files() or scope_holds('{headteacher,record-keeper,it-manager,online-safety-lead}')));

grant select, insert on reading_answer, briefing, adult_task, agreement, device_issue to holdfast_app;
grant update (done_at, done_by) on adult_task to holdfast_app;
