-- Clocks run not for concerns alone: for a plan, a status, a file on its way, an adult's training, a case about an adult.

alter table clock add column area text not null default 'welfare' check (area in ('welfare', 'conduct', 'school'));
alter table clock add column subject_kind text check (subject_kind ~ '^[a-z]+(-[a-z]+)*$');
alter table clock add column subject_id uuid;
alter table clock add column readers uuid[] not null default '{}';
alter table clock add constraint clock_subject_is_whole check ((subject_kind is null) = (subject_id is null));
comment on column clock.area is 'Whose it is to see: of children (the safeguarding team), of a case about an adult (its readers and nobody else), or of the school''s own duties.';
comment on column clock.subject_kind is 'What it watches, where that is no concern and no referral: child, adult, case, plan, status, transfer, school ...';
comment on column clock.readers is 'Adults who see it besides its owner; for a case about an adult the only ones.';
create index clock_by_subject on clock (school_id, subject_kind, subject_id) where subject_id is not null;

drop policy clock_read on clock;
create policy clock_read on clock for select using (school_id = scope_school() and (scope_is_worker() or (not coalesce(scope_adult() = any (excluded), false)
  and (owner_id = scope_adult() or scope_adult() = any (readers)
    or (area <> 'conduct' and (scope_opens_files() or scope_stands_in(concern_id)))
    or (area = 'school' and scope_holds('{headteacher,human-resources,record-keeper}'))))));

drop policy clock_change on clock;
create policy clock_change on clock for update using (school_id = scope_school() and (scope_is_worker() or (not coalesce(scope_adult() = any (excluded), false)
  and (owner_id = scope_adult() or scope_adult() = any (readers)
    or (area <> 'conduct' and (scope_opens_files() or scope_stands_in(concern_id)))
    or (area = 'school' and scope_holds('{headteacher,human-resources,record-keeper}'))))));
