-- Contacts that look wrong wait for somebody to confirm them; whom each pupil trusts; and absences that follow a pattern of the policy.

alter table contact_check add column number text check (number <> '');
comment on column contact_check.number is 'The number as it stood, where something about it looked wrong. Found right, it is confirmed for as long as it stands so.';
grant insert (number) on contact_check to holdfast_app;

create function contacts_confirmed() returns table (contact text, number text) language sql stable security definer set search_path = public, pg_temp as $$
  select l.contact, l.number from (select distinct on (k.contact) k.contact, k.number, k.outcome from contact_check k
    where k.school_id = scope_school() order by k.contact, k.at desc, k.id desc) l where l.outcome = 'right' and l.number is not null
$$;
comment on function contacts_confirmed is 'The contacts of the school in scope that looked wrong and were found right, with the number that was: for everybody, visitors too, without who did it.';
revoke execute on function contacts_confirmed() from public;
grant execute on function contacts_confirmed() to holdfast_app;

-- What is offered changes with it, so the next request of every process looks again.
create function contact_check_counts() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update school set policy_change = policy_change + 1 where id = new.school_id;
  return null;
end $$;
comment on function contact_check_counts is 'A check of a contact that looks wrong changes what is offered.';
revoke execute on function contact_check_counts() from public;
create trigger contact_check_counts after insert on contact_check for each row when (new.number is not null) execute function contact_check_counts();

create table trusted_adult (
  school_id uuid not null references school (id),
  child_id uuid not null,
  adult_id uuid not null,
  chosen_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (school_id, child_id),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table trusted_adult is 'Whom a pupil has named as the adult of the school whom they would tell. Naming another replaces it.';
create index trusted_adult_by_adult on trusted_adult (school_id, adult_id);

alter table trusted_adult enable row level security;
create policy trusted_adult_read on trusted_adult for select using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));
create policy trusted_adult_add on trusted_adult for insert with check (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id)
  and recorded_by = scope_adult());
create policy trusted_adult_change on trusted_adult for update using (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id))
  with check (school_id = scope_school() and recorded_by = scope_adult());
grant select, insert on trusted_adult to holdfast_app;
grant update (adult_id, chosen_on, recorded_at, recorded_by) on trusted_adult to holdfast_app;

create function trusted_adults_counted(p_now timestamptz) returns table (pupils integer, named integer) language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int, count(*) filter (where exists (select from trusted_adult t join appointment p on p.school_id = t.school_id and p.adult_id = t.adult_id
      where t.school_id = c.school_id and t.child_id = c.id and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now)))::int
  from child c where c.school_id = scope_school() and scope_opens_files() and c.standing in ('on-roll', 'dual')
$$;
comment on function trusted_adults_counted is 'How many pupils are on roll, and how many of them have named somebody who still works here: also those whose own file is not the reader''s.';
revoke execute on function trusted_adults_counted(timestamptz) from public;
grant execute on function trusted_adults_counted(timestamptz) to holdfast_app;

alter table attendance_mark add column unexplained boolean not null default false, add constraint attendance_mark_unexplained check (not unexplained or mark = 'absent');
comment on column attendance_mark.unexplained is 'Absent, and nobody has said why.';
grant update (unexplained) on attendance_mark to holdfast_app;
drop policy attendance_mark_read on attendance_mark;
create policy attendance_mark_read on attendance_mark for select using (school_id = scope_school()
  and (scope_is_worker() or scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator,headteacher,deputy-headteacher,senior-leader}')));

create table absence_draft (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  pattern text not null check (pattern ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  days date[] not null check (cardinality(days) > 0),
  says text not null,
  source text not null,
  opened_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  outcome text check (outcome in ('concern', 'set-aside')),
  because text,
  concern_id uuid,
  primary key (school_id, id),
  check ((settled_at is null) = (settled_by is null)),
  check ((settled_at is null) = (outcome is null)),
  check (outcome is distinct from 'set-aside' or coalesce(because, '') <> ''),
  check ((outcome = 'concern') = (concern_id is not null) or (outcome is null and concern_id is null)),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table absence_draft is 'A concern as the marks of the register draft it, where they follow a pattern of the policy. It waits until somebody of the team records it or says why not.';
comment on column absence_draft.days is 'The days of absence that make the pattern.';
create unique index absence_draft_open on absence_draft (school_id, child_id, pattern) where settled_at is null;
create index absence_draft_by_child on absence_draft (school_id, child_id, opened_at);
create index absence_draft_by_concern on absence_draft (school_id, concern_id);

alter table absence_draft enable row level security;
create policy absence_draft_read on absence_draft for select using (school_id = scope_school() and (scope_is_worker()
  or ((scope_opens_files() or scope_holds('{attendance-lead}')) and not scope_tied_to(child_id))));
create policy absence_draft_add on absence_draft for insert with check (school_id = scope_school() and settled_at is null and scope_is_worker());
create policy absence_draft_change on absence_draft for update using (school_id = scope_school() and settled_at is null and scope_opens_files() and not scope_tied_to(child_id))
  with check (school_id = scope_school() and settled_by = scope_adult());
grant select, insert on absence_draft to holdfast_app;
grant update (settled_at, settled_by, outcome, because, concern_id) on absence_draft to holdfast_app;
