-- What a school decides above the files of its policy: proposed by one, approved by another, and then a value that holds from its day.

alter table school add column policy_change integer not null default 0, add column calendar_digest text;
comment on column school.policy_change is 'Counts what the school has decided above its policy''s files; travels with every request, so that a change is seen at once.';
comment on column school.calendar_digest is 'Of the calendar by which running clocks were last computed: when it differs, they are computed again.';
grant select (policy_change, calendar_digest) on school to holdfast_app;

create table policy_proposal (
  school_id uuid not null references school (id),
  id uuid not null,
  path text not null check (path ~ '^[a-z]+/'),
  value jsonb not null,
  was text not null,
  says text not null,
  from_on date not null,
  because text not null check (because <> ''),
  section text not null check (section <> ''),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  decided_because text,
  primary key (school_id, id),
  foreign key (school_id, proposed_by) references adult (school_id, id),
  foreign key (school_id, decided_by) references adult (school_id, id),
  constraint policy_proposal_decided_whole check ((state = 'open') = (decided_by is null) and (state = 'open') = (decided_at is null)),
  constraint policy_proposal_two_people check (state not in ('approved', 'rejected') or decided_by <> proposed_by),
  constraint policy_proposal_refusal_has_reason check (state <> 'rejected' or decided_because <> '')
);
comment on table policy_proposal is 'Another value for something that a school may set itself, with its reason. Nobody approves what they proposed; what was refused is kept.';
comment on column policy_proposal.was is 'In words, what held when it was proposed; `says` is what would hold.';
create index policy_proposal_by_state on policy_proposal (school_id, state, proposed_at);

create table policy_value (
  school_id uuid not null references school (id),
  id uuid not null,
  number integer not null,
  path text not null,
  value jsonb not null,
  from_on date not null,
  document text not null,
  section text not null,
  proposal_id uuid not null,
  proposed_by uuid not null,
  approved_by uuid not null,
  approved_at timestamptz not null,
  primary key (school_id, id),
  unique (school_id, number),
  foreign key (school_id, proposal_id) references policy_proposal (school_id, id),
  constraint policy_value_two_people check (approved_by <> proposed_by)
);
comment on table policy_value is 'A value that the school has decided: the nearest layer of its policy. Written by policy_change_approve alone, and never changed.';

alter table policy_proposal enable row level security;
create policy policy_proposal_read on policy_proposal for select using (school_id = scope_school()
  and scope_holds('{dsl,deputy-dsl,headteacher,chair-of-governors,trust-safeguarding-lead}'));
create policy policy_proposal_add on policy_proposal for insert with check (school_id = scope_school() and state = 'open' and proposed_by = scope_adult()
  and scope_holds('{dsl,headteacher}'));
create policy policy_proposal_decide on policy_proposal for update
  using (school_id = scope_school() and state = 'open' and scope_holds('{dsl,headteacher,chair-of-governors,trust-safeguarding-lead}'))
  with check (school_id = scope_school() and decided_by = scope_adult()
    and ((state = 'rejected' and proposed_by <> scope_adult()) or (state = 'withdrawn' and proposed_by = scope_adult())));
grant select, insert on policy_proposal to holdfast_app;
grant update (state, decided_by, decided_at, decided_because) on policy_proposal to holdfast_app;

alter table policy_value enable row level security;
create policy policy_value_read on policy_value for select using (school_id = scope_school());
grant select on policy_value to holdfast_app;

-- The head approves; what the head proposed, the DSL, the chair of governors or the trust's lead. Null where whoever asks may not, or it is decided.
create function policy_change_approve(p_proposal uuid, p_value uuid, p_document text, p_from date, p_now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v policy_proposal;
  v_number integer;
begin
  select * into v from policy_proposal where school_id = scope_school() and id = p_proposal and state = 'open' for update;
  if v.id is null or scope_adult() is null or v.proposed_by = scope_adult() then
    return null;
  end if;
  if not (scope_holds('{headteacher}') or (scope_holds('{dsl,chair-of-governors,trust-safeguarding-lead}') and exists (select from appointment a
      where a.school_id = v.school_id and a.adult_id = v.proposed_by and a.role = 'headteacher' and a.starts_at <= p_now and (a.ends_at is null or a.ends_at > p_now)))) then
    return null;
  end if;
  update school set policy_change = policy_change + 1 where id = v.school_id returning policy_change into v_number;
  insert into policy_value (school_id, id, number, path, value, from_on, document, section, proposal_id, proposed_by, approved_by, approved_at)
    values (v.school_id, p_value, v_number, v.path, v.value, greatest(v.from_on, p_from), p_document, v.section, v.id, v.proposed_by, scope_adult(), p_now);
  update policy_proposal set state = 'approved', decided_by = scope_adult(), decided_at = p_now where school_id = v.school_id and id = v.id;
  return v_number;
end $$;
comment on function policy_change_approve is 'Makes an open proposal hold from its day on, by a second person who may; gives the number of the change.';
grant execute on function policy_change_approve(uuid, uuid, text, date, timestamptz) to holdfast_app;

-- What a change would alter is shown to whoever proposes and approves it, of clocks no more than the kind and the times, and nothing of one that they are outside.
create function policy_open_clocks() returns table (name text, rule text, basis_at timestamptz, duration_unit text, duration_count integer, due_at timestamptz, passed_on integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.name, k.rule, k.basis_at, k.duration_unit, k.duration_count, k.due_at, k.passed_on from clock k
  where k.school_id = scope_school() and k.met_at is null and k.ended_at is null and not coalesce(scope_adult() = any (k.excluded), false)
    and (k.area <> 'conduct' or scope_adult() = any (k.readers) or k.owner_id = scope_adult())
    and scope_holds('{dsl,deputy-dsl,headteacher,chair-of-governors,trust-safeguarding-lead}')
$$;
comment on function policy_open_clocks is 'The running clocks of a school by kind and time, for those who change its policy; never what they watch.';
grant execute on function policy_open_clocks() to holdfast_app;

create function calendar_computed(p_digest text) returns void language sql security definer set search_path = public, pg_temp as $$
  update school set calendar_digest = p_digest where id = scope_school() and scope_is_worker()
$$;
comment on function calendar_computed is 'Background work says by which calendar the running clocks are computed now.';
grant execute on function calendar_computed(text) to holdfast_app;

-- The number of the last change travels with the school's row, and whoever reported a concern may ask why something is due.
do $$
declare
  f record;
begin
  for f in select proname, pg_get_functiondef(oid) as def from pg_proc where pronamespace = 'public'::regnamespace
    and proname in ('session_enter', 'visitor_enter', 'own_concern_progress') loop
    execute replace(replace(f.def, '''file_roles'', v_school.file_roles', '''file_roles'', v_school.file_roles, ''policy_change'', v_school.policy_change'),
      '''standing'', k.standing', '''standing'', k.standing, ''rule'', k.rule, ''basisOn'', (k.basis_at at time zone ''Europe/London'')::date');
  end loop;
end $$;
