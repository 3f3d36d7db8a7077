-- Closures, trips and activities outside school hours, which nobody of the team covers by itself; and the safeguarding mailbox:
-- who reads it, that it was looked at, which of two contradicting rules the school follows, and the answer it gives while closed.

create table activity (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('closure', 'out-of-hours', 'trip')),
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  leader_id uuid,
  planned_by uuid not null,
  planned_at timestamptz not null,
  cancelled_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, leader_id) references adult (school_id, id),
  foreign key (school_id, planned_by) references adult (school_id, id)
);
comment on table activity is 'A closure, a trip or an activity outside school hours. It is confirmed while a duty of the safeguarding team covers all of it, with a telephone; nothing here says so by itself.';
comment on column activity.leader_id is 'The adult who leads it and is given its pack.';
create index activity_by_time on activity (school_id, ends_at);
alter table activity enable row level security;
create policy activity_read on activity for select using (school_id = scope_school()
  and (leader_id = scope_adult() or scope_opens_files() or scope_holds('{headteacher}') or scope_is_worker()));
create policy activity_plan on activity for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
create policy activity_cancel on activity for update using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
grant select, insert on activity to holdfast_app;
grant update (cancelled_at) on activity to holdfast_app;

alter table cover add column activity_id uuid;
alter table cover add constraint cover_activity foreign key (school_id, activity_id) references activity (school_id, id);
comment on column cover.activity_id is 'The closure, trip or activity that this duty covers.';
create index cover_by_activity on cover (school_id, activity_id) where activity_id is not null;

-- Two activities may have the same hours: a gap says what it is about.
alter table cover_gap add column about uuid not null default '00000000-0000-0000-0000-000000000000';
comment on column cover_gap.about is 'The activity that nobody covers; nil where the gap is of the school itself.';
drop index cover_gap_open;
create unique index cover_gap_open on cover_gap (school_id, kind, about, starts_at, ends_at) where closed_at is null;

create table mailbox_reader (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  starts_at timestamptz not null,
  added_by uuid not null,
  ends_at timestamptz check (ends_at is null or ends_at >= starts_at),
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id),
  foreign key (school_id, added_by) references adult (school_id, id)
);
comment on table mailbox_reader is 'Who can open the safeguarding mailbox and looks at it, in the order in which they were added: the second is told when the first has not.';
create unique index mailbox_reader_now on mailbox_reader (school_id, adult_id) where ends_at is null;

create table mailbox_check (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  on_day date not null,
  at timestamptz not null,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table mailbox_check is 'Somebody says that they have looked at the safeguarding mailbox. Never what was in it.';
create index mailbox_check_by_day on mailbox_check (school_id, on_day);

create table mailbox_choice (
  school_id uuid not null references school (id),
  id uuid not null,
  rule text not null,
  because text not null,
  chosen_at timestamptz not null,
  chosen_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, chosen_by) references adult (school_id, id)
);
comment on table mailbox_choice is 'Which of two contradicting rules of the policy the school follows, and why. The latest holds; without one the question is open.';

create table mailbox_reply (
  school_id uuid not null references school (id),
  id uuid not null,
  closed_from date not null,
  closed_to date not null check (closed_to >= closed_from),
  says text not null,
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, set_by) references adult (school_id, id)
);
comment on table mailbox_reply is 'Somebody says that this text stands as the automatic answer of the mailbox for a closed period.';
create index mailbox_reply_by_period on mailbox_reply (school_id, closed_from);

alter table mailbox_reader enable row level security;
alter table mailbox_check enable row level security;
alter table mailbox_choice enable row level security;
alter table mailbox_reply enable row level security;
create policy mailbox_reader_read on mailbox_reader for select using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}') or scope_is_worker()));
create policy mailbox_reader_add on mailbox_reader for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
create policy mailbox_reader_end on mailbox_reader for update using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
create policy mailbox_check_read on mailbox_check for select using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}') or scope_is_worker()));
create policy mailbox_check_say on mailbox_check for insert with check (school_id = scope_school() and scope_opens_files() and adult_id = scope_adult());
create policy mailbox_choice_read on mailbox_choice for select using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}') or scope_is_worker()));
create policy mailbox_choice_make on mailbox_choice for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
create policy mailbox_reply_read on mailbox_reply for select using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}') or scope_is_worker()));
create policy mailbox_reply_set on mailbox_reply for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
grant select, insert on mailbox_reader, mailbox_check, mailbox_choice, mailbox_reply to holdfast_app;
grant update (ends_at) on mailbox_reader to holdfast_app;
