-- What filtering and monitoring show, searches, complaints, who hires the premises, and the policies beside the safeguarding policy.

-- An alert names an account. Whose it is decides where it goes: a pupil's to the safeguarding team, an adult's to nobody but the case.
create table monitoring_account (
  school_id uuid not null references school (id),
  name text not null check (name <> '' and name = lower(name)),
  child_id uuid,
  adult_id uuid,
  kept_at timestamptz not null,
  kept_by uuid not null,
  primary key (school_id, name),
  check ((child_id is null) <> (adult_id is null)),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table monitoring_account is 'Whose account of the school''s network this is: a pupil''s or an adult''s.';

create table monitoring_report (
  school_id uuid not null references school (id),
  id uuid not null,
  came text not null check (came in ('staff', 'pupil', 'parent', 'software')),
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  urgent boolean not null,
  child_id uuid,
  account text,
  device text,
  ip text,
  found text,
  address text,
  happened_at timestamptz not null,
  reported_at timestamptz not null,
  reported_by uuid not null,
  opened_at timestamptz,
  opened_by uuid,
  outcome text check (outcome in ('no-concern', 'into-file', 'concern')),
  reason text,
  settled_at timestamptz,
  settled_by uuid,
  concern_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((outcome is null) = (settled_at is null) and (outcome is null) = (settled_by is null) and (outcome is null or reason <> '')),
  check ((outcome is not distinct from 'concern') = (concern_id is not null)),
  check (address is null or (length(address) <= 2000 and address !~* '^\s*data:')),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table monitoring_report is 'Unsuitable material that somebody met, or an alert of filtering or monitoring, that is about no adult of the school. Words and an address; never the material itself.';
comment on column monitoring_report.account is 'As the alert names it, where it is nobody''s who is known.';
create index monitoring_report_open on monitoring_report (school_id, reported_at) where outcome is null;
create index monitoring_report_by_child on monitoring_report (school_id, child_id);
create index monitoring_report_by_concern on monitoring_report (school_id, concern_id);

create table monitoring_technical (
  school_id uuid not null,
  report_id uuid not null,
  address text not null check (address <> '' and length(address) <= 2000 and address !~* '^\s*data:'),
  reported_at timestamptz not null,
  given uuid[] not null,
  answer text check (answer in ('technical-only', 'safeguarding')),
  says text,
  answered_at timestamptz,
  answered_by uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, report_id),
  check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
  foreign key (school_id, report_id) references monitoring_report (school_id, id)
);
comment on table monitoring_technical is 'The address alone, for whoever runs the systems: no account, no device, no child. What they answer closes nothing of the safeguarding side.';

create table monitoring_sent (
  school_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  agency text not null check (agency <> ''),
  reference text not null check (reference <> ''),
  sent_at timestamptz not null,
  minutes integer not null check (minutes >= 0),
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  foreign key (school_id, report_id) references monitoring_report (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table monitoring_sent is 'To which agency illegal material or a risk of significant harm was reported, under which reference, and how long after it was known.';
create index monitoring_sent_by_report on monitoring_sent (school_id, report_id);

create table pupil_search (
  school_id uuid not null references school (id),
  id uuid not null,
  child_id uuid not null,
  searched_at timestamptz not null,
  place text not null,
  witness text not null,
  looked_for text not null check (looked_for <> ''),
  grounds text not null check (grounds <> ''),
  found text not null,
  risk boolean not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  wider boolean,
  wider_reason text,
  answered_at timestamptz,
  answered_by uuid,
  concern_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((wider is null) = (answered_at is null) and (wider is null) = (answered_by is null) and (wider is null or wider_reason <> '')),
  check (not risk or concern_id is not null),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table pupil_search is 'A search of a pupil on reasonable suspicion: what for, why, what was found. The safeguarding team answers whether there is a wider concern; where a risk was found a concern stands beside it at once.';
create index pupil_search_open on pupil_search (school_id, recorded_at) where wider is null;
create index pupil_search_by_child on pupil_search (school_id, child_id);
create index pupil_search_by_concern on pupil_search (school_id, concern_id);

create table complaint (
  school_id uuid not null references school (id),
  id uuid not null,
  source text not null check (source in ('pupil', 'parent', 'staff', 'visitor')),
  subject text not null check (subject <> ''),
  process text not null check (process <> ''),
  received_on date not null,
  owner_id uuid not null,
  reply_by timestamptz,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  state text not null check (state in ('open', 'moved', 'answered')),
  replied_at timestamptz,
  outcome text,
  told_late_at timestamptz,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((state = 'answered') = (replied_at is not null)),
  foreign key (school_id, owner_id) references adult (school_id, id)
);
comment on table complaint is 'A complaint about safety: from whom, about what, under which process, by when it is answered and what came of it. Moved: it was about an adult''s conduct towards a child, and goes another way.';
comment on column complaint.subject is 'One of the product''s words, never free text.';
create index complaint_open on complaint (school_id, reply_by) where state = 'open';

create table complaint_words (
  school_id uuid not null,
  complaint_id uuid not null,
  sealed bytea not null,
  salt bytea not null,
  moved boolean not null default false,
  excluded uuid[] not null default '{}',
  primary key (school_id, complaint_id),
  foreign key (school_id, complaint_id) references complaint (school_id, id)
);
comment on table complaint_words is 'What was complained of and by whom, sealed. Of a complaint that was moved nobody reads them here any more.';

create table hirer (
  school_id uuid not null references school (id),
  id uuid not null,
  name text not null check (name <> ''),
  safeguarding_contact text not null,
  kept_at timestamptz not null,
  kept_by uuid not null,
  primary key (school_id, id)
);
comment on table hirer is 'A person or body that hires or uses the premises, with whom to speak there about safeguarding.';

create table hire_booking (
  school_id uuid not null,
  id uuid not null,
  hirer_id uuid not null,
  on_date date not null,
  says text not null,
  held_at timestamptz,
  held_by uuid,
  hold_reason text,
  primary key (school_id, id),
  check ((held_at is null) = (held_by is null) and (held_at is null) = (hold_reason is null)),
  foreign key (school_id, hirer_id) references hirer (school_id, id)
);
comment on table hire_booking is 'A day on which somebody has the premises, and whether it is held back, by whom and why. Says nothing of a case.';
create index hire_booking_by_hirer on hire_booking (school_id, hirer_id, on_date);

alter table conduct_case add column hirer_id uuid, add constraint conduct_case_hirer foreign key (school_id, hirer_id) references hirer (school_id, id);
comment on column conduct_case.hirer_id is 'Who had the premises when it happened, or whose person it is about.';
create index conduct_case_by_hirer on conduct_case (school_id, hirer_id) where hirer_id is not null;

create table hire_review (
  school_id uuid not null,
  case_id uuid not null,
  hirer_id uuid not null,
  opened_at timestamptz not null,
  decision text check (decision in ('hold', 'go-on')),
  reason text,
  decided_at timestamptz,
  decided_by uuid,
  primary key (school_id, case_id),
  check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null) and (decision is null or reason <> '')),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, hirer_id) references hirer (school_id, id)
);
comment on table hire_review is 'Whether somebody keeps the premises while there is a case: a task of its case manager until it is decided with a reason.';

create table conduct_pattern (
  school_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  earlier uuid[] not null check (cardinality(earlier) > 0),
  answer text not null check (answer in ('threshold-met', 'threshold-not-met')),
  at timestamptz not null,
  by_id uuid not null,
  sealed bytea not null,
  primary key (school_id, id),
  foreign key (school_id, case_id) references conduct_case (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table conduct_pattern is 'Concerns about the same adult looked at together: the answer, the originals, and the reasons, sealed. Where the threshold is met the case is an allegation with its originals beside it.';
create index conduct_pattern_by_case on conduct_pattern (school_id, case_id);

create table linked_document (
  school_id uuid not null references school (id),
  key text not null check (key ~ '^[a-z]+(-[a-z]+)*$'),
  place text check (place <> ''),
  version text not null,
  owner_id uuid not null,
  review_on date not null,
  kept_at timestamptz not null,
  kept_by uuid not null,
  primary key (school_id, key),
  foreign key (school_id, owner_id) references adult (school_id, id)
);
comment on table linked_document is 'A policy beside the safeguarding policy: where its text is, in which version, whose it is and when it is looked at again. No place: no text is within reach.';

alter table monitoring_account enable row level security;
create policy monitoring_account_read on monitoring_account for select using (school_id = scope_school() and scope_holds('{it-manager,system-administrator}'));
create policy monitoring_account_add on monitoring_account for insert with check (school_id = scope_school() and kept_by = scope_adult() and scope_holds('{it-manager,system-administrator}'));
create policy monitoring_account_change on monitoring_account for update using (school_id = scope_school() and scope_holds('{it-manager,system-administrator}'));

alter table monitoring_report enable row level security;
create policy monitoring_report_read on monitoring_report for select using (school_id = scope_school() and (scope_is_worker()
  or (scope_opens_files() and not coalesce(scope_adult() = any (excluded), false) and not coalesce(scope_tied_to(child_id), false))));
create policy monitoring_report_add on monitoring_report for insert with check (school_id = scope_school() and reported_by = scope_adult() and outcome is null);
create policy monitoring_report_change on monitoring_report for update using (school_id = scope_school()
  and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false) and not coalesce(scope_tied_to(child_id), false));

alter table monitoring_technical enable row level security;
create policy monitoring_technical_read on monitoring_technical for select using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and (scope_adult() = any (given) or scope_opens_files()));
create policy monitoring_technical_add on monitoring_technical for insert with check (school_id = scope_school() and scope_adult() is not null and answer is null);
create policy monitoring_technical_change on monitoring_technical for update using (school_id = scope_school() and scope_adult() = any (given)
  and not coalesce(scope_adult() = any (excluded), false));

alter table monitoring_sent enable row level security;
create policy monitoring_sent_read on monitoring_sent for select using (school_id = scope_school() and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false));
create policy monitoring_sent_add on monitoring_sent for insert with check (school_id = scope_school() and by_id = scope_adult() and scope_opens_files()
  and not coalesce(scope_adult() = any (excluded), false));

alter table pupil_search enable row level security;
create policy pupil_search_read on pupil_search for select using (school_id = scope_school()
  and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false) and not scope_tied_to(child_id));
create policy pupil_search_add on pupil_search for insert with check (school_id = scope_school() and recorded_by = scope_adult() and wider is null);
create policy pupil_search_change on pupil_search for update using (school_id = scope_school()
  and scope_opens_files() and not coalesce(scope_adult() = any (excluded), false) and not scope_tied_to(child_id));

alter table complaint enable row level security;
create policy complaint_read on complaint for select using (school_id = scope_school() and (scope_is_worker()
  or (scope_holds('{headteacher,deputy-headteacher,senior-leader,chair-of-governors}') and not coalesce(scope_adult() = any (excluded), false))));
create policy complaint_add on complaint for insert with check (school_id = scope_school() and recorded_by = scope_adult() and state = 'open');
create policy complaint_change on complaint for update using (school_id = scope_school() and (scope_is_worker()
  or (scope_holds('{headteacher,deputy-headteacher,senior-leader,chair-of-governors}') and not coalesce(scope_adult() = any (excluded), false))));

alter table complaint_words enable row level security;
create policy complaint_words_read on complaint_words for select using (school_id = scope_school() and not moved
  and scope_holds('{headteacher,deputy-headteacher,senior-leader,chair-of-governors}') and not coalesce(scope_adult() = any (excluded), false));
create policy complaint_words_add on complaint_words for insert with check (school_id = scope_school() and scope_adult() is not null and not moved);

-- Whoever keeps lettings sees bookings and holds; a case is never theirs to see by it.
alter table hirer enable row level security;
create policy hirer_read on hirer for select using (school_id = scope_school() and scope_adult() is not null);
create policy hirer_add on hirer for insert with check (school_id = scope_school() and kept_by = scope_adult()
  and scope_holds('{headteacher,deputy-headteacher,senior-leader,receptionist,system-administrator}'));
alter table hire_booking enable row level security;
create policy hire_booking_read on hire_booking for select using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{headteacher,deputy-headteacher,senior-leader,receptionist,system-administrator,chair-of-governors}')));
create policy hire_booking_add on hire_booking for insert with check (school_id = scope_school() and held_at is null
  and scope_holds('{headteacher,deputy-headteacher,senior-leader,receptionist,system-administrator}'));
create policy hire_booking_change on hire_booking for update using (school_id = scope_school()
  and scope_holds('{headteacher,chair-of-governors,dsl}')) with check (school_id = scope_school() and held_by = scope_adult());
alter table hire_review enable row level security;
create policy hire_review_read on hire_review for select using (school_id = scope_school() and scope_reads_case(case_id));
create policy hire_review_change on hire_review for update using (school_id = scope_school() and scope_reads_case(case_id))
  with check (school_id = scope_school() and decided_by = scope_adult());

alter table conduct_pattern enable row level security;
create policy conduct_pattern_read on conduct_pattern for select using (school_id = scope_school() and scope_reads_case(case_id));
create policy conduct_pattern_add on conduct_pattern for insert with check (school_id = scope_school() and by_id = scope_adult() and scope_reads_case(case_id));

alter table linked_document enable row level security;
create policy linked_document_read on linked_document for select using (school_id = scope_school() and (scope_is_worker() or scope_adult() is not null));
create policy linked_document_add on linked_document for insert with check (school_id = scope_school() and kept_by = scope_adult()
  and (scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')));
create policy linked_document_change on linked_document for update using (school_id = scope_school()
  and (scope_opens_files() or scope_holds('{headteacher,human-resources,record-keeper}')));

grant select, insert on monitoring_account, monitoring_report, monitoring_technical, monitoring_sent, pupil_search, complaint, complaint_words, hirer, hire_booking,
  conduct_pattern, linked_document to holdfast_app;
grant select on hire_review to holdfast_app;
grant update (child_id, adult_id, kept_at, kept_by) on monitoring_account to holdfast_app;
grant update (opened_at, opened_by, outcome, reason, settled_at, settled_by, concern_id) on monitoring_report to holdfast_app;
grant update (answer, says, answered_at, answered_by) on monitoring_technical to holdfast_app;
grant update (wider, wider_reason, answered_at, answered_by) on pupil_search to holdfast_app;
grant update (state, replied_at, outcome, told_late_at) on complaint to holdfast_app;
grant update (held_at, held_by, hold_reason) on hire_booking to holdfast_app;
grant update (decision, reason, decided_at, decided_by) on hire_review to holdfast_app;
grant update (place, version, owner_id, review_on, kept_at, kept_by) on linked_document to holdfast_app;

-- Whoever reports learns nothing from it: only the command asks whose an account is.
create function monitoring_account_of(p_name text) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('childId', m.child_id, 'adultId', m.adult_id) from monitoring_account m where m.school_id = scope_school() and m.name = lower(p_name)
$$;
comment on function monitoring_account_of is 'Whose account this is, for the command that decides where an alert goes.';

-- Whoever triages a complaint that is about an adult's conduct takes its words out of everybody's sight, and shuts out whom it is about.
create function complaint_move(p_complaint uuid, p_adults uuid[]) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update complaint set state = 'moved', excluded = array(select distinct unnest(excluded || p_adults))
    where school_id = scope_school() and id = p_complaint and state = 'open' and not (scope_adult() = any (excluded))
      and scope_holds('{headteacher,deputy-headteacher,senior-leader,chair-of-governors}');
  if not found then
    return false;
  end if;
  update complaint_words set moved = true where school_id = scope_school() and complaint_id = p_complaint;
  return true;
end $$;
comment on function complaint_move is 'Moves a complaint to the procedure for allegations: it stays in the list as moved, and its words are read there no more.';

revoke execute on function monitoring_account_of(text), complaint_move(uuid, uuid[]) from public;
grant execute on function monitoring_account_of(text), complaint_move(uuid, uuid[]) to holdfast_app;

create policy notice_of_school on notice for insert with check (school_id = scope_school() and topic in ('monitoring', 'search') and child_id is null and scope_adult() is not null);

do $$
begin
  -- Whoever is put outside a concern is outside what it came from.
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'plan_review'$from$, $to$'plan_review', 'monitoring_report', 'pupil_search'$to$);
  -- A case about somebody who hires the premises asks whether they keep them.
  execute replace(pg_get_functiondef('conduct_save(jsonb, jsonb, bytea, bytea, timestamptz)'::regprocedure), $from$  perform conduct_add(c.id, p_parts, p_now);$from$,
    $to$  insert into hire_review (school_id, case_id, hirer_id, opened_at) select c.school_id, c.id, c.hirer_id, p_now where c.hirer_id is not null;
  perform conduct_add(c.id, p_parts, p_now);$to$);
  if pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure) !~ 'pupil_search' or pg_get_functiondef('conduct_save(jsonb, jsonb, bytea, bytea, timestamptz)'::regprocedure) !~ 'hire_review' then
    raise exception 'the functions of concerns and cases are otherwise than expected';
  end if;
end $$;
