-- What the safeguarding team does with a concern: triage, parents, decisions, referrals, actions, notes, closing.
-- All of it is the team's own: a reporter sees none of it unless the team tells them (addendum of kind 'feedback').

create table triage (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  immediate_risk text not null check (immediate_risk in ('yes', 'no', 'not-known')),
  safe_to_go_home text not null check (safe_to_go_home in ('yes', 'no', 'not-known')),
  medical text not null check (medical in ('yes', 'no', 'not-known')),
  police text not null check (police in ('yes', 'no', 'not-known')),
  urgent_says text not null default '',
  categories text[] not null default '{}',
  framework text not null,
  level_id text not null,
  level_position integer not null,
  rationale text not null,
  policy_edition text not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table triage is 'The urgent questions, categories and level of need, each time they are judged; the latest holds.';
create index triage_by_concern on triage (school_id, concern_id, at);

create table decision (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  choice text not null check (choice in ('no-further-action', 'monitor', 'pastoral', 'early-help', 'refer', 'police')),
  rationale text not null check (rationale <> ''),
  not_referring_because text,
  advice_from text,
  policy_edition text not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table decision is 'A choice with its rationale. Not referring is a decision too, and says why.';
create index decision_by_concern on decision (school_id, concern_id, at);

create table parent_contact (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  outcome text not null check (outcome in ('told', 'not-told', 'advice-sought')),
  who text,
  says text not null check (says <> ''),
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table parent_contact is 'Parents told, not told and why, or advice sought first: each is a decision with its reason.';
create index parent_contact_by_concern on parent_contact (school_id, concern_id, at);

create table referral (
  school_id uuid not null references school (id),
  id uuid not null,
  concern_id uuid not null,
  child_id uuid not null,
  agency text not null check (agency in ('social-care', 'early-help', 'police', 'prevent', 'lado', 'mental-health', 'other')),
  authority text,
  destination text not null,
  destination_contact text,
  consent text not null check (consent in ('given', 'refused', 'not-sought')),
  consent_says text not null default '',
  state text not null check (state in ('decided', 'phoned', 'written', 'answered', 'escalated', 'concluded')),
  reference text,
  stage integer not null default 0,
  opened_at timestamptz not null,
  opened_by uuid not null,
  direct boolean not null default false,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table referral is 'A request to an agency and where it stands. Direct: made by a member of staff themselves, because nobody inside could be reached.';
create index referral_by_concern on referral (school_id, concern_id);
create index referral_open on referral (school_id, state, opened_at) where state <> 'concluded';

create table referral_event (
  school_id uuid not null,
  id uuid not null,
  referral_id uuid not null,
  kind text not null check (kind in ('decided', 'phoned', 'written', 'chased', 'answered', 'escalated', 'concluded')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid not null,
  with_whom text,
  outcome text,
  says text not null default '',
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, referral_id) references referral (school_id, id)
);
comment on table referral_event is 'Each step of a referral: the call with name and time, the written form, the answer, chasing, escalation.';
create index referral_event_by_referral on referral_event (school_id, referral_id, at);

create table action (
  school_id uuid not null references school (id),
  id uuid not null,
  concern_id uuid,
  child_id uuid,
  says text not null check (says <> ''),
  owner_id uuid not null,
  due_on date not null,
  set_at timestamptz not null,
  set_by uuid not null,
  done_at timestamptz,
  done_by uuid,
  outcome text,
  dropped boolean not null default false,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, owner_id) references adult (school_id, id)
);
comment on table action is 'A task with an owner and a due date.';
create index action_open on action (school_id, due_on) where done_at is null;
create index action_by_concern on action (school_id, concern_id);

create table note (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  concern_id uuid,
  kind text not null check (kind in ('note', 'phone-call', 'mail', 'letter', 'meeting', 'visit')),
  with_whom text,
  agency text,
  happened_on date not null,
  happened_at_time text,
  says text not null check (says <> ''),
  salt bytea not null,
  author_id uuid not null,
  recorded_at timestamptz not null,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table note is 'A note or a contact (call, mail, letter, meeting, visit) in a child''s file. Never changed once written.';
create index note_by_child on note (school_id, child_id, happened_on);

create table closure (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  closed_at timestamptz not null,
  closed_by uuid not null,
  summary text not null check (summary <> ''),
  outcome text not null check (outcome <> ''),
  rationale text not null check (rationale <> ''),
  reopened_at timestamptz,
  reopened_by uuid,
  reopened_because text,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table closure is 'A concern closes only with summary, outcome and rationale; reopening keeps the closure and says why.';
create index closure_by_concern on closure (school_id, concern_id);

create table concern_move (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  from_child uuid not null,
  to_child uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  reason text not null check (reason <> ''),
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table concern_move is 'A concern filed on the wrong child, or on a child since identified, moved with a trace on both files.';
create index concern_move_by_concern on concern_move (school_id, concern_id);

alter table triage enable row level security;
create policy triage_team on triage using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false)) with check (school_id = scope_school());
alter table decision enable row level security;
create policy decision_team on decision using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false)) with check (school_id = scope_school());
alter table parent_contact enable row level security;
create policy parent_contact_team on parent_contact using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false)) with check (school_id = scope_school());
alter table referral enable row level security;
create policy referral_read on referral for select using (school_id = scope_school() and (scope_is_worker() or (direct and reporter_id = scope_adult())
  or (not coalesce(scope_adult() = any (excluded), false) and scope_opens_files())));
create policy referral_insert on referral for insert with check (school_id = scope_school());
create policy referral_change on referral for update using (school_id = scope_school() and (scope_opens_files() or scope_is_worker()));
alter table referral_event enable row level security;
create policy referral_event_read on referral_event for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and scope_opens_files())));
create policy referral_event_insert on referral_event for insert with check (school_id = scope_school());
alter table action enable row level security;
create policy action_read on action for select using (school_id = scope_school() and (scope_is_worker() or (not coalesce(scope_adult() = any (excluded), false)
  and (scope_opens_files() or owner_id = scope_adult()))));
create policy action_insert on action for insert with check (school_id = scope_school() and scope_opens_files());
create policy action_change on action for update using (school_id = scope_school() and (scope_is_worker() or (not coalesce(scope_adult() = any (excluded), false)
  and (scope_opens_files() or owner_id = scope_adult()))));
alter table note enable row level security;
create policy note_read on note for select using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and (scope_opens_files() or scope_adult() = any (readers)));
create policy note_insert on note for insert with check (school_id = scope_school() and scope_opens_files());
alter table closure enable row level security;
create policy closure_team on closure using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false)) with check (school_id = scope_school());
alter table concern_move enable row level security;
create policy concern_move_team on concern_move using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false)) with check (school_id = scope_school());

grant select, insert on triage, decision, parent_contact, referral, referral_event, action, note, closure, concern_move to holdfast_app;
grant update (state, reference, stage) on referral to holdfast_app;
grant update (owner_id, done_at, done_by, outcome, dropped) on action to holdfast_app;
grant update (reopened_at, reopened_by, reopened_because) on closure to holdfast_app;

-- Puts adults outside a concern everywhere it stands. With the owner's rights, because the actor may be one of those whom
-- it shuts out, and must still be able to shut themselves out.
create function concern_exclude(p_concern uuid, p_adults uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  t text;
begin
  if v_school is null then
    raise exception 'no scope';
  end if;
  update concern set excluded = (select array(select distinct unnest(excluded || p_adults))) where school_id = v_school and id = p_concern;
  foreach t in array array['concern_account', 'concern_child', 'concern_adult', 'body_mark', 'addendum', 'concern_link', 'attachment', 'alert', 'clock', 'entry',
    'triage', 'decision', 'parent_contact', 'referral', 'action', 'note', 'closure', 'concern_move'] loop
    execute format('update %I set excluded = array(select distinct unnest(excluded || $2)) where school_id = $1 and concern_id = $3', t)
      using v_school, p_adults, p_concern;
  end loop;
  update concern_link set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and linked_id = p_concern;
  update referral_event set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school
    and referral_id in (select id from referral where school_id = v_school and concern_id = p_concern);
end $$;
comment on function concern_exclude is 'Shuts adults out of a concern and all that hangs on it, in one go.';

create function concerns_of_child_exclude(p_child uuid, p_adults uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_concern uuid;
begin
  if v_school is null then
    raise exception 'no scope';
  end if;
  update child set tied = array(select distinct unnest(tied || p_adults)) where school_id = v_school and id = p_child;
  update entry set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and child_id = p_child;
  update note set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and child_id = p_child;
  for v_concern in select concern_id from concern_child where school_id = v_school and child_id = p_child loop
    perform concern_exclude(v_concern, p_adults);
  end loop;
end $$;
comment on function concerns_of_child_exclude is 'A tie became known: the adult is outside the child''s file from this moment.';
grant execute on function concern_exclude(uuid, uuid[]), concerns_of_child_exclude(uuid, uuid[]) to holdfast_app;
