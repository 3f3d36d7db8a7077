-- Attendance by week, because a fall of it beside other signs is a sign. Figures of the register, not a record of harm: the
-- office enters them for everybody.

create table attendance_week (
  school_id uuid not null references school (id),
  child_id uuid not null,
  week_starts date not null check (extract(isodow from week_starts) = 1),
  possible integer not null check (possible between 0 and 14),
  attended integer not null check (attended between 0 and possible),
  entered_at timestamptz not null,
  entered_by uuid not null,
  primary key (school_id, child_id, week_starts),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table attendance_week is 'Sessions that a child could attend and did, by the Monday of the week. Entering a week again replaces its figures.';
create index attendance_week_by_week on attendance_week (school_id, week_starts);

alter table attendance_week enable row level security;
create policy attendance_week_read on attendance_week for select using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator}')));
create policy attendance_week_add on attendance_week for insert with check (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator}')));
create policy attendance_week_change on attendance_week for update using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{receptionist,attendance-lead,system-administrator}')));

grant select, insert on attendance_week to holdfast_app;
grant update (possible, attended, entered_at, entered_by) on attendance_week to holdfast_app;
