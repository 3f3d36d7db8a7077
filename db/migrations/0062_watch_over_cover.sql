-- It is noticed when nobody of the safeguarding team can be reached: gaps that were found, whoever was told of them, and who
-- was put on duty meanwhile. A duty may be done from elsewhere, exceptionally and with a reason.

alter table cover drop constraint cover_kind_check;
alter table cover add constraint cover_kind_check check (kind in ('school-day', 'trip', 'holiday', 'out-of-hours', 'stand-in'));
alter table cover add column mode text not null default 'in-person' check (mode in ('in-person', 'remote'));
alter table cover add column reason text;
alter table cover add constraint cover_remote_has_reason check (mode = 'in-person' or reason is not null);
comment on column cover.mode is 'In person, or exceptionally by telephone, mail or video from elsewhere.';
comment on column cover.reason is 'Why the duty is done from elsewhere.';

-- Background work puts the senior leaders of the policy on duty while nobody of the team is there, and ends it when somebody is.
create policy cover_stand_in on cover for insert with check (school_id = scope_school() and scope_is_worker() and kind = 'stand-in');
create policy cover_stand_in_ends on cover for update using (school_id = scope_school() and scope_is_worker() and kind = 'stand-in');

create table cover_gap (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('nobody', 'no-deputy', 'activity', 'closed-period', 'mailbox')),
  on_day date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  found_at timestamptz not null,
  closed_at timestamptz,
  primary key (school_id, id)
);
comment on table cover_gap is 'Hours in which nobody who should be there is, as they were noticed. Each is told once; one that opens again is another.';
comment on column cover_gap.closed_at is 'When it was seen that somebody covers these hours after all.';
-- Two looks at once find the same gap once.
create unique index cover_gap_open on cover_gap (school_id, kind, starts_at, ends_at) where closed_at is null;
alter table cover_gap enable row level security;
create policy cover_gap_worker on cover_gap using (school_id = scope_school() and scope_is_worker()) with check (school_id = scope_school() and scope_is_worker());
create policy cover_gap_read on cover_gap for select using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
grant select, insert on cover_gap to holdfast_app;
grant update (closed_at) on cover_gap to holdfast_app;

create table notice (
  school_id uuid not null references school (id),
  id uuid not null,
  adult_id uuid not null,
  topic text not null check (topic in ('cover', 'mailbox', 'activity')),
  urgent boolean not null,
  says text not null,
  source text not null,
  link text not null,
  told_at timestamptz not null,
  seen_at timestamptz,
  mailed_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table notice is 'Somebody was told of something about the team itself: that nobody is there, that they are on duty. Never about a child.';
create index notice_by_adult on notice (school_id, adult_id, told_at);
alter table notice enable row level security;
create policy notice_worker on notice using (school_id = scope_school() and scope_is_worker()) with check (school_id = scope_school() and scope_is_worker());
create policy notice_own on notice for select using (school_id = scope_school() and adult_id = scope_adult());
create policy notice_seen on notice for update using (school_id = scope_school() and adult_id = scope_adult());
grant select, insert on notice to holdfast_app;
grant update (seen_at, mailed_at) on notice to holdfast_app;

-- The number of new alerts on every page counts these too.
do $$
declare
  v_old text := pg_get_functiondef('session_enter(bytea, timestamptz, interval, uuid, text)'::regprocedure);
  v_new text := replace(v_old, $from$seen_at is null and not (a.id = any (excluded))),$from$,
    $to$seen_at is null and not (a.id = any (excluded)))
      + (select count(*) from notice where school_id = a.school_id and adult_id = a.id and seen_at is null),$to$);
begin
  if v_new = v_old then
    raise exception 'session_enter counts alerts otherwise than expected';
  end if;
  execute v_new;
end $$;

-- A colleague may also speak or write a mail: taken down for them, it is a concern like any other.
alter table concern drop constraint concern_on_behalf_reason_check;
alter table concern add constraint concern_on_behalf_reason_check
  check (on_behalf_reason in ('no-account', 'spoken', 'colleague-mail', 'paper-form', 'agency-call', 'agency-mail', 'agency-letter', 'parent'));
