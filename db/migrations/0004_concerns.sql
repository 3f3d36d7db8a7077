-- Concerns as they were reported. A submitted concern never changes: the words are insert-only, corrections are addenda.
-- `excluded` and `readers` stand on every row, because a policy may not look elsewhere: whoever is in `excluded` (named in
-- the concern, or tied to a child in it) is outside it whatever their role; whoever is in `readers` was given it with a reason.

create table concern (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('welfare')),
  reference text not null,
  reporter_id uuid,
  written_by uuid,
  on_behalf_of text,
  on_behalf_reason text check (on_behalf_reason in ('no-account', 'paper-form', 'agency-call', 'agency-mail', 'agency-letter', 'parent')),
  outside_reporter text,
  outside_contact text,
  happened_on date,
  happened_at_time text check (happened_at_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  happened_says text,
  first_written_at timestamptz,
  recorded_at timestamptz not null,
  location text,
  urgent boolean not null default false,
  stub boolean not null default false,
  category text,
  prompts text[] not null default '{}',
  voice_told boolean,
  policy_edition text not null,
  state text not null check (state in ('unreached', 'new', 'acknowledged', 'triaged', 'open', 'closed')),
  owner_id uuid,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  next_look_at timestamptz,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, id),
  unique (school_id, reference)
);
comment on table concern is 'What somebody reported about a child: its facts. The words are in concern_account, and nobody may change either.';
comment on column concern.written_by is 'Who typed it, where somebody without an account, a paper form or a caller reported it: both names are kept.';
comment on column concern.first_written_at is 'When a paper form was written, where the concern was entered later from one: both times are kept.';
comment on column concern.stub is 'Submitted as two lines under urgency and not finished yet; finishing adds a part to concern_account.';
comment on column concern.state is 'Where it stands now. Kept for the lists; each change is an entry and an audit event.';
comment on column concern.policy_edition is 'The edition of the school''s policy under which it was recorded.';
create index concern_open on concern (school_id, state, recorded_at) where state <> 'closed';
create index concern_by_reporter on concern (school_id, reporter_id, recorded_at);
create index concern_by_writer on concern (school_id, written_by, recorded_at);

create table concern_account (
  school_id uuid not null,
  concern_id uuid not null,
  part integer not null,
  written_by uuid,
  written_at timestamptz not null,
  child_words text not null default '',
  seen text not null default '',
  opinion text not null default '',
  done text not null default '',
  salt bytea not null,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, concern_id, part),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table concern_account is 'The words: the child''s own, what was seen, what the writer thinks, and what was done, kept apart. Part 2 and later finish a stub.';
comment on column concern_account.reporter_id is 'Whoever typed it, here and on each table below: the ground of "their own words", which a policy cannot look up elsewhere.';
comment on column concern_account.salt is 'Salts the digest of the words in the audit trail; destroyed with them when retention ends, and the chain stays whole.';

create table concern_child (
  school_id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  involvement text not null check (involvement in ('subject', 'alleged', 'witness', 'sibling', 'other')),
  moved_to uuid,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  reporter_id uuid,
  primary key (school_id, concern_id, child_id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table concern_child is 'How each child is involved. Each child''s involvement is theirs: it never shows in another child''s file.';
comment on column concern_child.moved_to is 'Set where the concern was filed on the wrong child and moved; the trace stays on both files.';
create index concern_child_by_child on concern_child (school_id, child_id);

create table concern_adult (
  school_id uuid not null,
  concern_id uuid not null,
  n integer not null,
  adult_id uuid,
  name text not null,
  relation text,
  involvement text not null check (involvement in ('alleged', 'witness', 'told', 'present')),
  told_at timestamptz,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  reporter_id uuid,
  primary key (school_id, concern_id, n),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table concern_adult is 'Adults in a concern: said to have harmed, witness, there at the time, or told by voice and when. An adult of the school said to have harmed, or witness to their own matter, is excluded.';

create table body_mark (
  school_id uuid not null,
  concern_id uuid not null,
  n integer not null,
  child_id uuid not null,
  side text not null check (side in ('front', 'back')),
  region text not null,
  x real,
  y real,
  description text not null,
  size_says text,
  colour text,
  explanation text,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  reporter_id uuid,
  primary key (school_id, concern_id, n),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table body_mark is 'One injury on the body map: the region by name, the point where one was given, and its description.';

create table addendum (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  author_id uuid,
  at timestamptz not null,
  kind text not null check (kind in ('reporter', 'team', 'feedback')),
  says text not null,
  salt bytea not null,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table addendum is 'What was added later: by the reporter, by the safeguarding team for itself, or told back to the reporter (feedback).';
create index addendum_by_concern on addendum (school_id, concern_id, at);

create table concern_link (
  school_id uuid not null,
  concern_id uuid not null,
  linked_id uuid not null check (linked_id <> concern_id),
  at timestamptz not null,
  by_id uuid not null,
  reason text not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, concern_id, linked_id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, linked_id) references concern (school_id, id)
);
comment on table concern_link is 'Two reports of one event, stored both ways round. `excluded` holds those outside either.';

create table attachment (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  kind text not null check (kind in ('paper-form', 'letter')),
  media_type text not null,
  size_bytes integer not null,
  digest bytea not null,
  sealed bytea not null,
  added_by uuid,
  added_at timestamptz not null,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table attachment is 'The scan of a paper form or a letter as evidence, sealed under the school''s key. Never an image of a child.';
create index attachment_by_concern on attachment (school_id, concern_id);

create table alert (
  school_id uuid not null references school (id),
  id uuid not null,
  concern_id uuid not null,
  adult_id uuid not null,
  role text not null,
  kind text not null check (kind in ('told', 'passed-on', 'handed-over', 'feedback', 'addendum', 'urgent', 'also-told')),
  step integer not null default 0,
  rule text not null,
  says text not null,
  source text not null,
  told_at timestamptz not null,
  seen_at timestamptz,
  mailed_at timestamptz,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table alert is 'Somebody was told of a concern, under which rule, and whether they have seen it.';
create index alert_by_adult on alert (school_id, adult_id, told_at);
create index alert_by_concern on alert (school_id, concern_id);

create table clock (
  school_id uuid not null references school (id),
  id uuid not null,
  name text not null,
  rule text not null,
  says text not null,
  source text not null,
  standing text not null check (standing in ('stated', 'read', 'setting', 'unverified')),
  concern_id uuid,
  referral_id uuid,
  child_id uuid,
  owner_id uuid,
  basis_at timestamptz not null,
  duration_unit text not null,
  duration_count integer,
  due_at timestamptz,
  met_at timestamptz,
  ended_at timestamptz,
  breached_at timestamptz,
  passed_on integer not null default 0,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table clock is 'A deadline that a rule started. The basis (moment, unit, count) is kept so that due can be recomputed when a calendar changes.';
comment on column clock.due_at is 'Null where the policy names no time: running, with nothing due.';
comment on column clock.passed_on is 'How many times no answer led to the next person.';
create index clock_running on clock (school_id, due_at) where met_at is null and ended_at is null;
create index clock_by_concern on clock (school_id, concern_id);

create table entry (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  kind text not null check (kind in ('concern', 'addendum', 'note', 'contact', 'decision', 'triage', 'referral', 'parents', 'action', 'closure', 'reopening', 'status', 'moved', 'linked')),
  heading text not null,
  happened_on date not null,
  happened_at_time text,
  recorded_at timestamptz not null,
  author_id uuid,
  concern_id uuid,
  referral_id uuid,
  note_id uuid,
  involvement text,
  categories text[] not null default '{}',
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table entry is 'One dated item in a child''s file: the chronology''s rows. Headings carry no narrative; the words are in what the entry points at.';
create index entry_chronology on entry (school_id, child_id, happened_on desc, recorded_at desc, id);
create index entry_by_concern on entry (school_id, concern_id);

alter table concern enable row level security;
-- Whoever reported it keeps their own words even where they are outside the rest (a parent on the staff, somebody who reports
-- themselves): the reporter's ground stands before the exclusion here, and nowhere among the team's tables.
create policy concern_read on concern for select using (school_id = scope_school() and (scope_is_worker() or reporter_id = scope_adult() or written_by = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy concern_insert on concern for insert with check (school_id = scope_school());
create policy concern_change on concern for update using (school_id = scope_school() and (scope_is_worker() or reporter_id = scope_adult() or written_by = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and scope_opens_files())));

alter table concern_account enable row level security;
create policy concern_account_read on concern_account for select using (school_id = scope_school() and (reporter_id = scope_adult() or written_by = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy concern_account_insert on concern_account for insert with check (school_id = scope_school());

alter table concern_child enable row level security;
create policy concern_child_read on concern_child for select using (school_id = scope_school() and (scope_is_worker() or reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy concern_child_insert on concern_child for insert with check (school_id = scope_school());
create policy concern_child_change on concern_child for update using (school_id = scope_school() and scope_opens_files());

alter table concern_adult enable row level security;
create policy concern_adult_read on concern_adult for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy concern_adult_insert on concern_adult for insert with check (school_id = scope_school());

alter table body_mark enable row level security;
create policy body_mark_read on body_mark for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy body_mark_insert on body_mark for insert with check (school_id = scope_school());

alter table addendum enable row level security;
create policy addendum_read on addendum for select using (school_id = scope_school() and ((reporter_id = scope_adult() and kind in ('reporter', 'feedback'))
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy addendum_insert on addendum for insert with check (school_id = scope_school());

alter table concern_link enable row level security;
create policy concern_link_read on concern_link for select using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false));
create policy concern_link_insert on concern_link for insert with check (school_id = scope_school() and scope_opens_files());

alter table attachment enable row level security;
create policy attachment_read on attachment for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_adult() = any (readers)))));
create policy attachment_insert on attachment for insert with check (school_id = scope_school());

alter table alert enable row level security;
create policy alert_read on alert for select using (school_id = scope_school() and (scope_is_worker() or (not coalesce(scope_adult() = any (excluded), false)
  and (adult_id = scope_adult() or scope_opens_files()))));
create policy alert_insert on alert for insert with check (school_id = scope_school());
create policy alert_change on alert for update using (school_id = scope_school() and (scope_is_worker() or adult_id = scope_adult()));

alter table clock enable row level security;
create policy clock_read on clock for select using (school_id = scope_school() and (scope_is_worker() or (not coalesce(scope_adult() = any (excluded), false)
  and (scope_opens_files() or owner_id = scope_adult()))));
create policy clock_insert on clock for insert with check (school_id = scope_school());
create policy clock_change on clock for update using (school_id = scope_school() and (scope_is_worker() or scope_opens_files() or owner_id = scope_adult()));

alter table entry enable row level security;
create policy entry_read on entry for select using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and (scope_opens_files() or scope_adult() = any (readers)));
create policy entry_insert on entry for insert with check (school_id = scope_school());

grant select, insert on concern, concern_account, concern_child, concern_adult, body_mark, addendum, concern_link, attachment, alert, clock, entry to holdfast_app;
-- `excluded` is changed by concern_exclude alone: no login may widen or narrow it by hand.
grant update (state, owner_id, acknowledged_at, acknowledged_by, next_look_at, stub) on concern to holdfast_app;
grant update (moved_to) on concern_child to holdfast_app;
grant update (seen_at, mailed_at) on alert to holdfast_app;
grant update (owner_id, due_at, met_at, ended_at, breached_at, passed_on) on clock to holdfast_app;
