-- Advice that is asked about sharing, with its answer; and what of the school's data went astray.

create table advice_asked (
  school_id uuid not null,
  id uuid not null,
  about_kind text not null check (about_kind in ('transfer', 'record-request', 'concern')),
  about_id uuid not null,
  concern_id uuid,
  contact text,
  context text not null check (context <> ''),
  question text not null check (question <> ''),
  asked_at timestamptz not null,
  asked_by uuid not null,
  due_at timestamptz,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  follow_up text,
  overridden_at timestamptz,
  overridden_by uuid,
  override_because text,
  told_at timestamptz,
  told_late_at timestamptz,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (answer is null) and answer <> ''),
  check ((overridden_at is null) = (overridden_by is null) and (overridden_at is null) = (override_because is null) and override_because <> ''),
  check ((about_kind = 'concern') = (concern_id is not null)),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, asked_by) references adult (school_id, id),
  foreign key (school_id, answered_by) references adult (school_id, id),
  foreign key (school_id, overridden_by) references adult (school_id, id)
);
comment on table advice_asked is 'What the safeguarding team asked about sharing, of the data protection officer or of somebody whom the policy names, with the answer and both times.';
comment on column advice_asked.contact is 'The contact of the policy that was asked; null where it was the data protection officer.';
comment on column advice_asked.overridden_at is 'When somebody of the team went ahead without the answer, because a child could not wait.';
create index advice_asked_open on advice_asked (school_id, asked_at) where answered_at is null;

create table data_breach (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('mis-sent', 'lost', 'seen', 'other')),
  says text not null check (says <> ''),
  discovered_at timestamptz not null,
  reported_at timestamptz not null,
  reported_by uuid not null,
  due_at timestamptz,
  told_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  notified boolean,
  outcome text,
  primary key (school_id, id),
  check (discovered_at <= reported_at),
  check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (notified is null) and (settled_at is null) = (outcome is null) and outcome <> ''),
  foreign key (school_id, reported_by) references adult (school_id, id),
  foreign key (school_id, settled_by) references adult (school_id, id)
);
comment on table data_breach is 'What of the school''s data went astray: when it was discovered, and what the data protection officer made of it.';
comment on column data_breach.notified is 'Whether the Information Commissioner was notified.';
create index data_breach_open on data_breach (school_id, discovered_at) where settled_at is null;

alter table advice_asked enable row level security;
create policy advice_asked_read on advice_asked for select using (school_id = scope_school() and (scope_is_worker()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or (contact is null and scope_holds('{data-protection-officer}'))))));
create policy advice_asked_add on advice_asked for insert with check (school_id = scope_school() and asked_by = scope_adult() and scope_opens_files()
  and not coalesce(scope_adult() = any (excluded), false) and answered_at is null and overridden_at is null);
create policy advice_asked_answer on advice_asked for update using (school_id = scope_school() and answered_at is null
  and not coalesce(scope_adult() = any (excluded), false)
  and ((contact is null and scope_holds('{data-protection-officer}')) or (contact is not null and scope_opens_files())))
  with check (school_id = scope_school() and answered_by = scope_adult()
  and ((contact is null and scope_holds('{data-protection-officer}')) or (contact is not null and scope_opens_files())));
create policy advice_asked_override on advice_asked for update using (school_id = scope_school() and answered_at is null and overridden_at is null
  and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false))
  with check (school_id = scope_school() and answered_at is null and overridden_by = scope_adult() and scope_opens_files());
create policy advice_asked_tell on advice_asked for update using (school_id = scope_school() and scope_is_worker())
  with check (school_id = scope_school() and scope_is_worker());

alter table data_breach enable row level security;
create policy data_breach_read on data_breach for select using (school_id = scope_school() and (scope_is_worker()
  or reported_by = scope_adult() or scope_holds('{data-protection-officer,headteacher}')));
create policy data_breach_add on data_breach for insert with check (school_id = scope_school() and reported_by = scope_adult() and settled_at is null);
create policy data_breach_settle on data_breach for update using (school_id = scope_school() and settled_at is null and scope_holds('{data-protection-officer}'))
  with check (school_id = scope_school() and settled_by = scope_adult() and scope_holds('{data-protection-officer}'));
create policy data_breach_tell on data_breach for update using (school_id = scope_school() and scope_is_worker())
  with check (school_id = scope_school() and scope_is_worker());

grant select, insert on advice_asked, data_breach to holdfast_app;
grant update (answer, answered_at, answered_by, follow_up, overridden_at, overridden_by, override_because, told_at, told_late_at) on advice_asked to holdfast_app;
grant update (told_at, settled_at, settled_by, notified, outcome) on data_breach to holdfast_app;

-- Whoever is shut out of a concern is shut out of what was asked about sharing it.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'pathway_step'$from$, $to$'advice_asked', 'pathway_step'$to$);
  if pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure) !~ '''advice_asked''' then
    raise exception 'concern_exclude does not know advice_asked';
  end if;
end $$;
