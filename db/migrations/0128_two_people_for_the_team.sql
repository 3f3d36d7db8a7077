-- Every change of who opens files, stands in for those who do, or leads the school takes two people: one proposes it, another agrees.
-- Taking a right away at once takes one, and is looked at by a second afterwards.

create function team_agreeing_roles(p_school uuid) returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select array['headteacher', 'second-approver'] || file_roles from school where id = p_school
$$;
comment on function team_agreeing_roles is 'Roles whose holders agree to a change of the safeguarding team at this school.';

create or replace function role_is_guarded(p_school uuid, p_role text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select p_role = any (team_agreeing_roles(id)) or p_role = any (route_roles) from school where id = p_school
$$;
comment on function role_is_guarded is 'Whether a role opens welfare files at this school, stands in for those who do, or decides with them who does.';

create table team_change (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('give', 'lengthen', 'shorten', 'end-now')),
  adult_id uuid not null,
  role text not null,
  appointment_id uuid not null,
  was_starts_at timestamptz,
  was_ends_at timestamptz,
  starts_at timestamptz not null,
  ends_at timestamptz,
  why text check (why in ('left', 'away', 'account')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  lapses_at timestamptz not null,
  state text not null check (state in ('open', 'agreed', 'declined', 'withdrawn', 'lapsed', 'to-review', 'upheld', 'given-back')),
  nobody_else boolean not null default false,
  decided_by uuid,
  decided_at timestamptz,
  decided_because text check (decided_because <> ''),
  applied_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id),
  foreign key (school_id, proposed_by) references adult (school_id, id),
  foreign key (school_id, decided_by) references adult (school_id, id),
  constraint team_change_not_of_oneself check (proposed_by <> adult_id),
  constraint team_change_two_people check (decided_by is null or state = 'withdrawn' or (decided_by <> proposed_by and decided_by <> adult_id)),
  constraint team_change_decided check (nobody_else or state = 'lapsed' or (state in ('open', 'to-review')) = (decided_by is null)),
  constraint team_change_refusal_has_reason check (state not in ('declined', 'given-back') or decided_because is not null),
  constraint team_change_ended_says_why check ((kind = 'end-now') = (why is not null)),
  constraint team_change_lapses check (lapses_at > proposed_at)
);
comment on table team_change is 'A change of who holds a role that opens files or stands in for those who do: who proposed it, and who agreed. Written by the functions below alone.';
comment on column team_change.why is 'Why a right was taken away at once: one of a few reasons and no words, so that nothing of a concern about somebody stands here.';
comment on column team_change.nobody_else is 'The first of a school: nobody was ever there who could agree.';
comment on column team_change.applied_at is 'The appointment stands as it says; each agreement is used once.';
create index team_change_by_adult on team_change (school_id, adult_id);
create index team_change_by_appointment on team_change (school_id, appointment_id);
create unique index team_change_waiting on team_change (school_id, appointment_id) where state = 'open';

alter table team_change enable row level security;
create policy team_change_read on team_change for select using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{headteacher,second-approver,system-administrator,human-resources}'))
  and (adult_id is distinct from scope_adult() or applied_at is not null));
create policy team_change_worker on team_change for select using (school_id = scope_school() and scope_is_worker());
grant select on team_change to holdfast_app;

create function team_agreers(p_school uuid, p_not uuid[], p_now timestamptz) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct p.adult_id from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id and a.account_id is not null
  where p.school_id = p_school and p.role = any (team_agreeing_roles(p_school)) and not (p.adult_id = any (p_not))
    and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now)
$$;
comment on function team_agreers is 'Who agrees to changes now, without those named.';

-- Where the head proposes and nobody else is left who could agree, the administrator does: it stays two people.
create function team_answerers(v team_change, p_now timestamptz) returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select * from team_agreers(v.school_id, array[v.proposed_by, v.adult_id], p_now);
  if not found and exists (select from appointment p where p.school_id = v.school_id and p.adult_id = v.proposed_by and p.role = 'headteacher'
      and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now)) then
    return query select distinct p.adult_id from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id and a.account_id is not null
      where p.school_id = v.school_id and p.role = 'system-administrator' and p.adult_id not in (v.proposed_by, v.adult_id)
        and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now);
  end if;
end $$;
comment on function team_answerers is 'Who may answer this change now: neither whoever proposed it nor whom it concerns.';

create function team_tell(p_school uuid, p_adults uuid[], p_says text, p_source text, p_link text, p_urgent boolean, p_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at)
    select p_school, gen_random_uuid(), t, 'team-change', p_urgent, p_says, p_source, p_link, p_now from unnest(p_adults) t
$$;
comment on function team_tell is 'Tells people of a change of the team; part of the functions below, and of use to nothing else.';

create function team_change_apply(v team_change, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment set starts_at = v.starts_at, ends_at = v.ends_at where school_id = v.school_id and id = v.appointment_id and adult_id = v.adult_id;
  if not found then
    insert into appointment (school_id, id, adult_id, role, starts_at, ends_at) values (v.school_id, v.appointment_id, v.adult_id, v.role, v.starts_at, v.ends_at);
  end if;
  update team_change set applied_at = p_now where school_id = v.school_id and id = v.id;
end $$;
comment on function team_change_apply is 'Writes what was agreed into the appointment; part of the functions below.';

create function team_change_propose(p_id uuid, p_kind text, p_adult uuid, p_role text, p_appointment uuid, p_starts timestamptz, p_ends timestamptz,
  p_now timestamptz, p_lapses timestamptz, p_says text, p_source text, p_link text) returns jsonb language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_held appointment;
  v_told uuid[];
  v team_change;
begin
  if v_school is null or scope_adult() is null or scope_adult() = p_adult or not scope_holds('{system-administrator,headteacher}')
    or p_kind not in ('give', 'lengthen', 'shorten') or p_lapses > p_now + interval '14 days' then
    raise exception 'nobody changes the safeguarding team so' using errcode = '42501';
  end if;
  perform from adult where school_id = v_school and id = p_adult for update;
  select * into v_held from appointment where school_id = v_school and id = p_appointment and adult_id = p_adult and role = p_role;
  if (v_held.id is null) <> (p_kind = 'give') then
    return jsonb_build_object('fault', 'no-such-part');
  end if;
  update team_change set state = 'lapsed' where school_id = v_school and appointment_id = p_appointment and state = 'open' and lapses_at <= p_now;
  if exists (select from team_change where school_id = v_school and adult_id = p_adult and state = 'open' and lapses_at > p_now
      and (appointment_id = p_appointment or (p_kind = 'give' and role = p_role and kind = 'give'))) then
    return jsonb_build_object('fault', 'waits-already');
  end if;
  insert into team_change (school_id, id, kind, adult_id, role, appointment_id, was_starts_at, was_ends_at, starts_at, ends_at, proposed_by, proposed_at, lapses_at, state, nobody_else)
    values (v_school, p_id, p_kind, p_adult, p_role, p_appointment, v_held.starts_at, v_held.ends_at, p_starts, p_ends, scope_adult(), p_now, p_lapses, 'open',
      not exists (select from appointment p join adult o on o.school_id = p.school_id and o.id = p.adult_id and o.account_id is not null
        where p.school_id = v_school and o.id not in (scope_adult(), p_adult) and p.role = any (team_agreeing_roles(v_school))))
    returning * into v;
  if v.nobody_else then
    update team_change set state = 'agreed', decided_at = p_now where school_id = v_school and id = p_id;
    perform team_change_apply(v, p_now);
    return jsonb_build_object('state', 'agreed', 'told', jsonb_build_array());
  end if;
  select coalesce(array_agg(t), '{}') into v_told from team_answerers(v, p_now) t;
  perform team_tell(v_school, v_told, p_says, p_source, p_link, false, p_now);
  return jsonb_build_object('state', 'open', 'told', to_jsonb(v_told));
end $$;
comment on function team_change_propose is 'One person proposes a change of the safeguarding team; whoever may agree is told in the same statement. The first of a school, when nobody else was ever there, needs no second.';

create function team_end_now(p_id uuid, p_appointment uuid, p_why text, p_now timestamptz, p_says text, p_says_self text, p_source text, p_link text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_held appointment;
  v_told uuid[];
  v team_change;
begin
  select * into v_held from appointment where school_id = v_school and id = p_appointment for update;
  if v_held.id is null or scope_adult() is null or v_held.adult_id = scope_adult() or not scope_holds('{system-administrator,headteacher}') then
    raise exception 'nobody ends a role so' using errcode = '42501';
  end if;
  if v_held.ends_at is not null and v_held.ends_at <= p_now then
    return jsonb_build_object('fault', 'already-over');
  end if;
  -- What waited about this appointment was proposed of one that is over now.
  update team_change set state = 'lapsed' where school_id = v_school and appointment_id = p_appointment and state = 'open';
  insert into team_change (school_id, id, kind, adult_id, role, appointment_id, was_starts_at, was_ends_at, starts_at, ends_at, why, proposed_by, proposed_at, lapses_at, state)
    values (v_school, p_id, 'end-now', v_held.adult_id, v_held.role, v_held.id, v_held.starts_at, v_held.ends_at, v_held.starts_at,
      greatest(p_now, v_held.starts_at), p_why, scope_adult(), p_now, 'infinity', 'to-review') returning * into v;
  perform team_change_apply(v, p_now);
  select coalesce(array_agg(t), '{}') into v_told from team_answerers(v, p_now) t;
  perform team_tell(v_school, v_told, p_says, p_source, p_link, true, p_now);
  perform team_tell(v_school, array[v.adult_id], p_says_self, p_source, '/', false, p_now);
  return jsonb_build_object('state', 'to-review', 'told', to_jsonb(v_told));
end $$;
comment on function team_end_now is 'One person takes a right away at once, with one of a few reasons; those who may agree are told to look at it in the same statement.';

create function team_change_answer(p_id uuid, p_agrees boolean, p_because text, p_now timestamptz, p_says text, p_says_self text, p_source text, p_link text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v team_change;
  v_held appointment;
begin
  select * into v from team_change where school_id = scope_school() and id = p_id for update;
  if v.id is null or scope_adult() is null or not exists (select from team_answerers(v, p_now) t where t = scope_adult()) then
    raise exception 'a second person agrees, who is neither of the two' using errcode = '42501';
  end if;
  if v.state not in ('open', 'to-review') or (v.state = 'open' and v.lapses_at <= p_now) then
    return jsonb_build_object('fault', 'not-open');
  end if;
  if (v.state = 'open') = p_agrees then
    -- Something is written into an appointment: it must stand as it did when this was proposed.
    select * into v_held from appointment where school_id = v.school_id and id = v.appointment_id for update;
    if v.state = 'open' then
      if v_held.starts_at is distinct from v.was_starts_at or v_held.ends_at is distinct from v.was_ends_at then
        return jsonb_build_object('fault', 'changed-since');
      end if;
      -- What was to begin at once begins when the second agrees.
      if v.kind = 'give' and v.starts_at >= v.proposed_at then
        v.starts_at := greatest(v.starts_at, p_now);
      end if;
    else
      if v_held.starts_at is distinct from v.starts_at or v_held.ends_at is distinct from v.ends_at then
        return jsonb_build_object('fault', 'changed-since');
      end if;
      v.starts_at := v.was_starts_at;
      v.ends_at := v.was_ends_at;
    end if;
    if (v.ends_at is not null and v.ends_at <= v.starts_at) then
      return jsonb_build_object('fault', 'ends-before-start');
    end if;
    if exists (select from appointment p where p.school_id = v.school_id and p.adult_id = v.adult_id and p.role = v.role and p.id <> v.appointment_id
        and (p.ends_at is null or (p.ends_at > v.starts_at and p.ends_at > p.starts_at)) and (v.ends_at is null or p.starts_at < v.ends_at)) then
      return jsonb_build_object('fault', 'same-role-overlaps');
    end if;
  end if;
  update team_change set state = case when state = 'open' then case when p_agrees then 'agreed' else 'declined' end else case when p_agrees then 'upheld' else 'given-back' end end,
    decided_by = scope_adult(), decided_at = p_now, decided_because = nullif(p_because, ''), starts_at = v.starts_at, ends_at = v.ends_at,
    applied_at = case when (v.state = 'open') = p_agrees then null else applied_at end
    where school_id = v.school_id and id = v.id;
  if (v.state = 'open') = p_agrees then
    perform team_change_apply(v, p_now);
  end if;
  perform team_tell(v.school_id, array[v.proposed_by], p_says, p_source, p_link, false, p_now);
  -- Whom it concerns hears what is so for them from now on, and of nothing that was declined.
  if (v.state = 'open') = p_agrees then
    perform team_tell(v.school_id, array[v.adult_id], p_says_self, p_source, '/', false, p_now);
  end if;
  return jsonb_build_object('state', case when v.state = 'open' then case when p_agrees then 'agreed' else 'declined' end else case when p_agrees then 'upheld' else 'given-back' end end);
end $$;
comment on function team_change_answer is 'A second person, who is neither of the two, agrees or not. What is agreed stands in the appointment in the same statement; what was taken away at once and should not have been is given back.';

create function team_change_withdraw(p_id uuid, p_now timestamptz) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with done as (update team_change set state = 'withdrawn', decided_by = scope_adult(), decided_at = p_now
    where school_id = scope_school() and id = p_id and state = 'open' and proposed_by = scope_adult() and lapses_at > p_now returning 1)
  select exists (select from done)
$$;
comment on function team_change_withdraw is 'Whoever proposed a change takes it back before it was answered.';

create function team_changes_lapse(p_now timestamptz, p_says text, p_source text, p_link text) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_lapsed jsonb := '[]';
  v team_change;
begin
  if not scope_is_worker() then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  for v in update team_change set state = 'lapsed' where school_id = scope_school() and state = 'open' and lapses_at <= p_now returning * loop
    perform team_tell(v.school_id, array[v.proposed_by], p_says, p_source, p_link || v.id, false, p_now);
    v_lapsed := v_lapsed || jsonb_build_object('id', v.id, 'adultId', v.adult_id, 'proposedBy', v.proposed_by);
  end loop;
  return v_lapsed;
end $$;
comment on function team_changes_lapse is 'Background work: what nobody answered in its time is over, and whoever proposed it is told.';

create function team_changes_for_me(p_now timestamptz) returns table (id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select v.id from team_change v where v.school_id = scope_school() and scope_adult() is not null and (v.state = 'to-review' or (v.state = 'open' and v.lapses_at > p_now))
    and (scope_opens_files() or scope_holds('{headteacher,second-approver,system-administrator}'))
    and exists (select from team_answerers(v, p_now) t where t = scope_adult())
$$;
comment on function team_changes_for_me is 'Changes of the safeguarding team that wait for an answer by whoever acts.';

create function team_names_agreeing(p_not uuid, p_now timestamptz) returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(a.name order by a.name), '{}') from adult a where a.school_id = scope_school() and scope_adult() is not null
    and a.id in (select * from team_agreers(scope_school(), array[p_not, scope_adult()], p_now))
$$;
comment on function team_names_agreeing is 'Who could agree with whoever acts to a change that concerns this person, by name.';

-- Nothing of a guarded role is written but what stands agreed, or was ended at once to be looked at; and each of these once.
create or replace function appointment_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not role_is_guarded(new.school_id, new.role) then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if new.starts_at = old.starts_at and new.ends_at is not distinct from old.ends_at then
      return new;
    end if;
  end if;
  update team_change set applied_at = coalesce(decided_at, proposed_at) where school_id = new.school_id and appointment_id = new.id and adult_id = new.adult_id
    and role = new.role and starts_at = new.starts_at and ends_at is not distinct from new.ends_at and applied_at is null and state in ('agreed', 'to-review', 'given-back');
  if not found then
    raise exception 'a change of the safeguarding team takes two people' using errcode = '42501';
  end if;
  return new;
end $$;

revoke execute on function team_agreeing_roles(uuid), team_agreers(uuid, uuid[], timestamptz), team_answerers(team_change, timestamptz),
  team_tell(uuid, uuid[], text, text, text, boolean, timestamptz), team_change_apply(team_change, timestamptz),
  team_change_propose(uuid, text, uuid, text, uuid, timestamptz, timestamptz, timestamptz, timestamptz, text, text, text),
  team_end_now(uuid, uuid, text, timestamptz, text, text, text, text), team_change_answer(uuid, boolean, text, timestamptz, text, text, text, text),
  team_change_withdraw(uuid, timestamptz), team_changes_lapse(timestamptz, text, text, text), team_changes_for_me(timestamptz), team_names_agreeing(uuid, timestamptz) from public;
grant execute on function team_change_propose(uuid, text, uuid, text, uuid, timestamptz, timestamptz, timestamptz, timestamptz, text, text, text),
  team_end_now(uuid, uuid, text, timestamptz, text, text, text, text), team_change_answer(uuid, boolean, text, timestamptz, text, text, text, text),
  team_change_withdraw(uuid, timestamptz), team_changes_lapse(timestamptz, text, text, text), team_changes_for_me(timestamptz), team_names_agreeing(uuid, timestamptz) to holdfast_app;
