-- What the worried adult did and may still do: say that they are still worried, that the emergency number was rung, and that they
-- have spoken with a parent.

create table challenge (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  by_id uuid not null,
  at timestamptz not null,
  says text not null check (says <> ''),
  salt bytea not null,
  reopened boolean not null default false,
  deciders uuid[] not null default '{}',
  to_id uuid,
  asked uuid[] not null default '{}',
  clock_id uuid,
  due_at timestamptz,
  replied_at timestamptz,
  replied_by uuid,
  reply text,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((replied_at is null) = (reply is null) and (replied_at is null) = (replied_by is null) and reply <> ''),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table challenge is 'Whoever reported a concern is still worried, or not satisfied with the response: open until somebody other than whoever decided has answered in writing.';
comment on column challenge.deciders is 'Those whose decision is challenged: they do not answer it themselves where somebody else may.';
comment on column challenge.asked is 'Everybody who was given it to answer so far.';
comment on column challenge.reopened is 'The concern was closed, and this opened it again.';
create index challenge_by_concern on challenge (school_id, concern_id, at);
create unique index challenge_open on challenge (school_id, concern_id, by_id) where replied_at is null;

create table agency_call (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  service text not null check (service in ('police', 'ambulance', 'fire')),
  at timestamptz not null,
  rang_by text not null check (rang_by <> ''),
  incident text not null default '',
  says text not null default '',
  by_id uuid not null,
  recorded_at timestamptz not null,
  action_id uuid,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table agency_call is 'The emergency number was rung about a concern: when, by whom, which service came, and its incident number.';
comment on column agency_call.action_id is 'What the owner of the concern was given to do because of it; null where nobody has it yet.';
create index agency_call_by_concern on agency_call (school_id, concern_id, at);

create table family_contact (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  at timestamptz not null,
  who text not null check (who <> ''),
  how text not null check (how in ('telephone', 'in-person', 'message')),
  says text not null check (says <> ''),
  agreed_with text not null default '',
  agreed_at timestamptz,
  early boolean not null default false,
  by_id uuid not null,
  recorded_at timestamptz not null,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table family_contact is 'Somebody spoke with a parent about a concern, with who of the safeguarding team had agreed to it.';
comment on column family_contact.early is 'It was before the concern was triaged, and nobody of the team had agreed to it.';
create index family_contact_by_concern on family_contact (school_id, concern_id, at);

alter table challenge enable row level security;
create policy challenge_read on challenge for select using (school_id = scope_school() and (scope_is_worker() or by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or to_id = scope_adult() or scope_stands_in(concern_id)))));
create policy challenge_add on challenge for insert with check (school_id = scope_school() and by_id = scope_adult() and replied_at is null);
create policy challenge_pass on challenge for update using (school_id = scope_school() and scope_is_worker());

alter table agency_call enable row level security;
create policy agency_call_read on agency_call for select using (school_id = scope_school() and (by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy agency_call_add on agency_call for insert with check (school_id = scope_school() and by_id = scope_adult());

alter table family_contact enable row level security;
create policy family_contact_read on family_contact for select using (school_id = scope_school() and (by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy family_contact_add on family_contact for insert with check (school_id = scope_school() and by_id = scope_adult());

grant select, insert on challenge, agency_call, family_contact to holdfast_app;
grant update (to_id, asked, due_at) on challenge to holdfast_app;

create function own_concern_standing(p_concern uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'state', c.state, 'ownerId', c.owner_id,
    'triagedAt', (select min(t.at) from triage t where t.school_id = c.school_id and t.concern_id = c.id),
    'children', (select coalesce(jsonb_agg(jsonb_build_object('childId', k.child_id, 'involvement', k.involvement) order by k.child_id), '[]')
      from concern_child k where k.school_id = c.school_id and k.concern_id = c.id and k.moved_to is null),
    'deciders', (select coalesce(jsonb_agg(distinct d.by_id), '[]') from (
      (select by_id from decision where school_id = c.school_id and concern_id = c.id order by at desc, id desc limit 1)
      union all (select closed_by from closure where school_id = c.school_id and concern_id = c.id and c.state = 'closed' and reopened_at is null)
      union all (select by_id from triage where school_id = c.school_id and concern_id = c.id
        and not exists (select from decision where school_id = c.school_id and concern_id = c.id) order by at desc, id desc limit 1)) d),
    'repliers', (select coalesce(jsonb_agg(distinct h.replied_by), '[]') from challenge h
      where h.school_id = c.school_id and h.concern_id = c.id and h.replied_by is not null))
  from concern c where c.school_id = scope_school() and c.id = p_concern and scope_adult() in (c.reporter_id, c.written_by)
$$;
comment on function own_concern_standing is 'For whoever reported or wrote a concern: where it stands, who decided and whose file it is in. For the program, never for a page.';

create function own_concern_reopen(p_concern uuid, p_because text, p_owner uuid, p_now timestamptz, p_look timestamptz) returns boolean language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update concern set state = 'open', owner_id = coalesce(p_owner, owner_id), next_look_at = p_look
    where school_id = scope_school() and id = p_concern and state = 'closed' and scope_adult() in (reporter_id, written_by);
  if not found then
    return false;
  end if;
  update closure set reopened_at = p_now, reopened_by = scope_adult(), reopened_because = p_because
    where school_id = scope_school() and concern_id = p_concern and reopened_at is null;
  return true;
end $$;
comment on function own_concern_reopen is 'Opens a closed concern again for whoever reported or wrote it and is still worried; the closing stays on record.';

create function own_concern_action(p_concern uuid, p_id uuid, p_says text, p_due date, p_now timestamptz) returns uuid language sql security definer set search_path = public, pg_temp as $$
  insert into action (school_id, id, concern_id, child_id, says, owner_id, due_on, set_at, set_by, excluded)
  select c.school_id, p_id, c.id, (select k.child_id from concern_child k where k.school_id = c.school_id and k.concern_id = c.id and k.moved_to is null
      order by k.involvement <> 'subject', k.child_id limit 1), p_says, c.owner_id, p_due, p_now, scope_adult(), c.excluded
  from concern c where c.school_id = scope_school() and c.id = p_concern and c.owner_id is not null and not (c.owner_id = any (c.excluded))
    and scope_adult() in (c.reporter_id, c.written_by)
  returning owner_id
$$;
comment on function own_concern_action is 'Gives the owner of a concern something to do, for whoever reported or wrote it; gives the owner, or nothing where nobody has it.';

create function challenge_reply(p_id uuid, p_reply text, p_now timestamptz) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_concern uuid;
  v_clock uuid;
begin
  update challenge set reply = p_reply, replied_at = p_now, replied_by = scope_adult()
    where school_id = scope_school() and id = p_id and replied_at is null and by_id <> scope_adult() and not (scope_adult() = any (excluded))
      and (to_id = scope_adult() or (scope_opens_files() and not (scope_adult() = any (deciders))))
    returning concern_id, clock_id into v_concern, v_clock;
  update clock set met_at = p_now where school_id = scope_school() and id = v_clock and met_at is null and ended_at is null;
  return v_concern;
end $$;
comment on function challenge_reply is 'Answers a challenge, once: for whoever was given it, or another of the team who did not decide. Gives the concern, or nothing.';

grant execute on function own_concern_standing(uuid), own_concern_reopen(uuid, text, uuid, timestamptz, timestamptz),
  own_concern_action(uuid, uuid, text, date, timestamptz), challenge_reply(uuid, text, timestamptz) to holdfast_app;

-- Two more kinds of alert; those of the earlier migrations stay.
do $$
declare v_check text;
begin
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[',
    $kinds$ARRAY['challenge'::text, 'early-contact'::text, $kinds$);
end $$;

-- Whoever is put outside a concern later is outside these too.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'concern_move'$from$,
    $to$'concern_move', 'challenge', 'agency_call', 'family_contact'$to$);
end $$;
