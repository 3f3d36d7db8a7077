-- Concerns about adults and about how the school works, in a store of their own. Whoever reads a case is written down one by one
-- (`conduct_reader`), in the role in which they were told of it: no role opens cases as such. The subject, their relatives at the
-- school and whoever is tied to it stand in the case's `excluded` and read nothing of it, whatever they are told or hold besides.
-- Words are sealed under the school's key. Background work sees ids and times, and no words.

create table conduct_case (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('conduct', 'practice')),
  reference text not null,
  chain text not null,
  step integer,
  believed text not null check (believed in ('harm-threshold', 'low-level', 'unsure')),
  conflict boolean not null default false,
  premises boolean not null default false,
  self_report boolean not null default false,
  source text check (source in ('suspicion', 'complaint', 'disclosure', 'vetting', 'monitoring', 'concern')),
  level text check (level in ('harm-threshold', 'low-level', 'neither')),
  state text not null check (state in ('unreached', 'new', 'open', 'concluded')),
  reporter_id uuid,
  written_by uuid,
  anonymous boolean not null default false,
  happened_on date,
  happened_at_time text check (happened_at_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  recorded_at timestamptz not null,
  beside_concern uuid,
  policy_edition text not null,
  manager_id uuid,
  opened_at timestamptz,
  opened_by uuid,
  concluded_at timestamptz,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  unique (school_id, reference)
);
comment on table conduct_case is 'A concern about an adult, or about how the school works: its facts. The words are in conduct_words, sealed.';
comment on column conduct_case.chain is 'The chain of the profile that it follows, and with step how far it has gone.';
comment on column conduct_case.manager_id is 'The case manager: the person to whom the chain leads now.';
comment on column conduct_case.anonymous is 'Whoever reported it asked not to be named.';
comment on column conduct_case.beside_concern is 'The concern about a child that named the adult. Nothing in that concern points back.';
comment on column conduct_case.excluded is 'The subject, relatives at the school and whoever is tied: outside, whatever their role.';
create index conduct_case_open on conduct_case (school_id, recorded_at) where state <> 'concluded';

create table conduct_words (
  school_id uuid not null,
  case_id uuid not null,
  part integer not null,
  author_id uuid,
  at timestamptz not null,
  sealed bytea not null,
  salt bytea not null,
  reporter_id uuid,
  primary key (school_id, case_id, part),
  foreign key (school_id, case_id) references conduct_case (school_id, id)
);
comment on table conduct_words is 'What was written: part 1 is the report, later parts what was added. Sealed under the school''s key, bound to the case and the part.';
comment on column conduct_words.reporter_id is 'Whoever reported or typed it, for parts of theirs: their own words stay theirs to read.';

create table conduct_subject (
  school_id uuid not null,
  case_id uuid not null,
  n integer not null,
  adult_id uuid,
  sealed_name bytea,
  roles text[] not null default '{}',
  added_at timestamptz not null,
  primary key (school_id, case_id, n),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table conduct_subject is 'Whom it is about: adults of the school, or somebody from outside by name, sealed.';
comment on column conduct_subject.roles is 'The roles that they held when it was recorded.';
create index conduct_subject_by_adult on conduct_subject (school_id, adult_id);

create table conduct_reader (
  school_id uuid not null,
  case_id uuid not null,
  adult_id uuid not null,
  role text not null,
  because text not null check (because in ('chain', 'shared', 'for-return', 'handed-over', 'taken-over')),
  rule text not null,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (school_id, case_id, adult_id, role),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table conduct_reader is 'Who reads a case, in which role and by which rule. A reader who no longer holds that role reads it no longer.';
comment on column conduct_reader.because is 'for-return: the chain leads to them first and they were out; it is handed to them when they are back.';
create index conduct_reader_by_adult on conduct_reader (school_id, adult_id) where ended_at is null;

create table conduct_alert (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  adult_id uuid not null,
  role text not null,
  kind text not null check (kind in ('told', 'shared', 'handed-over', 'unanswered', 'overdue')),
  rule text not null,
  says text not null,
  source text not null,
  told_at timestamptz not null,
  seen_at timestamptz,
  primary key (school_id, id),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table conduct_alert is 'Somebody was told of a case, under which rule. Of kind unanswered or overdue it says that something waits, and opens nothing.';
create index conduct_alert_by_adult on conduct_alert (school_id, adult_id, told_at);
create index conduct_alert_by_case on conduct_alert (school_id, case_id);

create table conduct_assessment (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  outcome text not null check (outcome in ('harm-threshold', 'low-level', 'neither')),
  limbs jsonb not null,
  sealed bytea not null,
  primary key (school_id, id),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table conduct_assessment is 'Whether it may meet the harm threshold: the outcome, the answers to the four limbs, and the reasons, sealed.';
create index conduct_assessment_by_case on conduct_assessment (school_id, case_id, at);

create table conduct_contact (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  kind text not null check (kind in ('lado', 'advice', 'employer', 'human-resources', 'interview', 'other')),
  how text not null check (how in ('telephone', 'written', 'in-person')),
  sealed bytea not null,
  reporter_id uuid,
  primary key (school_id, id),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table conduct_contact is 'Who was spoken with or written to about a case, when and by whom: the designated officer (LADO), other advice, the employer, human resources, the adult.';
create index conduct_contact_by_case on conduct_contact (school_id, case_id, at);

create table conduct_conclusion (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  outcome text not null check (outcome <> ''),
  sealed bytea not null,
  primary key (school_id, id),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table conduct_conclusion is 'How a case ended: the outcome, and sealed its context, action, reasons and lessons.';
create index conduct_conclusion_by_case on conduct_conclusion (school_id, case_id, at);

create function scope_outside_case(p_case uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select scope_adult() is null or coalesce((select scope_adult() = any (excluded) from conduct_case where school_id = scope_school() and id = p_case), true)
$$;
comment on function scope_outside_case is 'Whether the actor is outside this case about an adult: its subject, a relative, tied to it, or nobody at all.';

create function scope_reads_case(p_case uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select not scope_outside_case(p_case) and exists (select from conduct_reader r where r.school_id = scope_school() and r.case_id = p_case
    and r.adult_id = scope_adult() and r.ended_at is null and scope_holds(array[r.role]))
$$;
comment on function scope_reads_case is 'Whether the actor was given this case, still holds the role in which they were, and is not outside it.';

create function scope_reported_case(p_case uuid) returns boolean language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select exists (select from conduct_case where school_id = scope_school() and id = p_case and scope_adult() in (reporter_id, written_by))
$$;
comment on function scope_reported_case is 'Whether the actor reported this case or wrote it down: they read their own words of it and nothing else.';

alter table conduct_case enable row level security;
create policy conduct_case_read on conduct_case for select using (school_id = scope_school() and (scope_is_worker() or scope_reads_case(id)));
create policy conduct_case_change on conduct_case for update using (school_id = scope_school() and (scope_is_worker() or scope_reads_case(id)));

alter table conduct_words enable row level security;
create policy conduct_words_read on conduct_words for select using (school_id = scope_school() and (reporter_id = scope_adult() or scope_reads_case(case_id)));
create policy conduct_words_add on conduct_words for insert with check (school_id = scope_school() and author_id = scope_adult()
  and (scope_reads_case(case_id) or (reporter_id = scope_adult() and scope_reported_case(case_id))));

alter table conduct_subject enable row level security;
create policy conduct_subject_read on conduct_subject for select using (school_id = scope_school() and (scope_is_worker() or scope_reads_case(case_id)));

alter table conduct_reader enable row level security;
create policy conduct_reader_read on conduct_reader for select using (school_id = scope_school() and (scope_is_worker() or scope_reads_case(case_id)));

alter table conduct_alert enable row level security;
create policy conduct_alert_read on conduct_alert for select using (school_id = scope_school()
  and (scope_is_worker() or scope_reads_case(case_id) or (adult_id = scope_adult() and not scope_outside_case(case_id))));
create policy conduct_alert_change on conduct_alert for update using (school_id = scope_school() and adult_id = scope_adult() and not scope_outside_case(case_id));

alter table conduct_assessment enable row level security;
create policy conduct_assessment_read on conduct_assessment for select using (school_id = scope_school() and scope_reads_case(case_id));
create policy conduct_assessment_add on conduct_assessment for insert with check (school_id = scope_school() and by_id = scope_adult() and scope_reads_case(case_id));

alter table conduct_contact enable row level security;
create policy conduct_contact_read on conduct_contact for select using (school_id = scope_school() and (reporter_id = scope_adult() or scope_reads_case(case_id)));
create policy conduct_contact_add on conduct_contact for insert with check (school_id = scope_school() and by_id = scope_adult()
  and (scope_reads_case(case_id) or (reporter_id = scope_adult() and scope_reported_case(case_id))));

alter table conduct_conclusion enable row level security;
create policy conduct_conclusion_read on conduct_conclusion for select using (school_id = scope_school() and scope_reads_case(case_id));
create policy conduct_conclusion_add on conduct_conclusion for insert with check (school_id = scope_school() and by_id = scope_adult() and scope_reads_case(case_id));

-- Nobody adds a case, a subject or a reader by hand: the functions below do, and only for whoever may.
grant select on conduct_case, conduct_subject, conduct_reader, conduct_alert to holdfast_app;
grant select, insert on conduct_words, conduct_assessment, conduct_contact, conduct_conclusion to holdfast_app;
grant update (state, level, opened_at, opened_by, concluded_at) on conduct_case to holdfast_app;
grant update (seen_at) on conduct_alert to holdfast_app;

create function conduct_id_standing(p_case uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select case when scope_adult() is not distinct from written_by and written_by is not null then 'own' else 'taken' end
    from conduct_case where school_id = scope_school() and id = p_case), 'free')
$$;
comment on function conduct_id_standing is 'Whether the id that was chosen for a case is free, under a case of the same writer, or under somebody else''s.';

create function conduct_save(p_case jsonb, p_parts jsonb, p_sealed bytea, p_salt bytea, p_now timestamptz) returns void language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  c conduct_case := jsonb_populate_record(null::conduct_case, p_case);
begin
  if scope_school() is null or scope_is_worker() or c.written_by is distinct from scope_adult() then
    raise exception 'a case is recorded by whoever writes it' using errcode = '42501';
  end if;
  c.school_id := scope_school();
  c.recorded_at := p_now;
  insert into conduct_case select c.*;
  insert into conduct_words (school_id, case_id, part, author_id, at, sealed, salt, reporter_id)
    values (c.school_id, c.id, 1, c.written_by, p_now, p_sealed, p_salt, c.written_by);
  insert into conduct_subject (school_id, case_id, n, adult_id, sealed_name, roles, added_at)
    select c.school_id, c.id, s.n, s.adult_id, decode(s.sealed_name, 'base64'), coalesce(s.roles, '{}'), p_now
    from jsonb_to_recordset(p_parts -> 'subjects') as s (n integer, adult_id uuid, sealed_name text, roles text[]);
  perform conduct_add(c.id, p_parts, p_now);
end $$;
comment on function conduct_save is 'Records a case with its words, its subjects, its readers and who is told. Only a case that is not there yet, and only in the writer''s own name.';

create function conduct_add(p_case uuid, p_parts jsonb, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into conduct_reader (school_id, case_id, adult_id, role, because, rule, since)
    select scope_school(), p_case, r.adult_id, r.role, r.because, r.rule, p_now
    from jsonb_to_recordset(p_parts -> 'readers') as r (adult_id uuid, role text, because text, rule text)
    on conflict (school_id, case_id, adult_id, role) do update set because = excluded.because, rule = excluded.rule, ended_at = null;
  insert into conduct_alert (school_id, id, case_id, adult_id, role, kind, rule, says, source, told_at)
    select scope_school(), a.id, p_case, a.adult_id, a.role, a.kind, a.rule, a.says, a.source, p_now
    from jsonb_to_recordset(p_parts -> 'alerts') as a (id uuid, adult_id uuid, role text, kind text, rule text, says text, source text);
end $$;
comment on function conduct_add is 'For the functions of this file alone: readers and alerts of a case.';

create function conduct_pass(p_case uuid, p_parts jsonb, p_now timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_manager uuid := (p_parts ->> 'manager_id')::uuid;
begin
  if not (scope_is_worker() or scope_reads_case(p_case)
      or exists (select from conduct_alert where school_id = scope_school() and case_id = p_case and adult_id = scope_adult() and kind = 'unanswered'
        and scope_holds(array[role]) and not scope_outside_case(p_case))) then
    return false;
  end if;
  perform conduct_add(p_case, p_parts, p_now);
  update conduct_case set manager_id = coalesce(v_manager, manager_id), chain = coalesce(p_parts ->> 'chain', chain),
      step = coalesce((p_parts ->> 'step')::integer, step), state = coalesce(p_parts ->> 'state', state)
    where school_id = scope_school() and id = p_case;
  update clock set owner_id = coalesce(v_manager, owner_id),
      readers = array(select distinct adult_id from conduct_reader where school_id = scope_school() and case_id = p_case and ended_at is null)
    where school_id = scope_school() and area = 'conduct' and subject_kind = 'case' and subject_id = p_case and met_at is null and ended_at is null;
  return true;
end $$;
comment on function conduct_pass is 'Gives a case to further readers, or tells somebody of it; for background work, for a reader, and for whoever was asked because nobody answered.';

create function conduct_exclude(p_case uuid, p_subject uuid, p_roles text[], p_adults uuid[], p_now timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if not scope_reads_case(p_case) then
    return false;
  end if;
  insert into conduct_subject (school_id, case_id, n, adult_id, roles, added_at)
    select scope_school(), p_case, coalesce(max(n), 0) + 1, p_subject, p_roles, p_now from conduct_subject where school_id = scope_school() and case_id = p_case;
  update conduct_case set excluded = array(select distinct unnest(excluded || p_adults)), manager_id = case when manager_id = any (p_adults) then null else manager_id end
    where school_id = scope_school() and id = p_case;
  update conduct_reader set ended_at = p_now where school_id = scope_school() and case_id = p_case and adult_id = any (p_adults) and ended_at is null;
  update clock set excluded = array(select distinct unnest(excluded || p_adults)), readers = array(select r from unnest(readers) as r where not (r = any (p_adults))),
      owner_id = case when owner_id = any (p_adults) then null else owner_id end
    where school_id = scope_school() and area = 'conduct' and subject_kind = 'case' and subject_id = p_case;
  return true;
end $$;
comment on function conduct_exclude is 'Adds a subject to a case and shuts them and their relatives out of it at once, as readers, case managers and owners.';

create function own_conduct(p_case uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('reference', reference, 'kind', kind, 'recordedAt', recorded_at,
    'acknowledged', not self_report and not (scope_adult() = any (excluded)) and opened_at is not null, 'unreached', state = 'unreached')
  from conduct_case where school_id = scope_school() and id = p_case and scope_adult() in (reporter_id, written_by)
$$;
comment on function own_conduct is 'What whoever reported a case may know of it: that it is kept, and where they are not outside it, that it was opened.';

revoke execute on function scope_outside_case(uuid), scope_reads_case(uuid), scope_reported_case(uuid), conduct_id_standing(uuid), conduct_save(jsonb, jsonb, bytea, bytea, timestamptz),
  conduct_add(uuid, jsonb, timestamptz), conduct_pass(uuid, jsonb, timestamptz), conduct_exclude(uuid, uuid, text[], uuid[], timestamptz), own_conduct(uuid) from public;
grant execute on function scope_outside_case(uuid), scope_reads_case(uuid), scope_reported_case(uuid), conduct_id_standing(uuid), conduct_save(jsonb, jsonb, bytea, bytea, timestamptz),
  conduct_pass(uuid, jsonb, timestamptz), conduct_exclude(uuid, uuid, text[], uuid[], timestamptz), own_conduct(uuid) to holdfast_app;
