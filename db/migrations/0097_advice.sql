-- Advice that somebody took about a concern before it was decided: of whom, what was asked, what was said, and what was decided after it.

create table advice (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  contact text,
  agency text not null check (agency <> ''),
  with_whom text not null check (with_whom <> ''),
  at timestamptz not null,
  named boolean not null,
  asked text not null check (asked <> ''),
  says text not null check (says <> ''),
  reference text not null default '',
  decided text,
  because text,
  followed text check (followed in ('yes', 'in-part', 'no')),
  by_id uuid not null,
  recorded_at timestamptz not null,
  reporter_id uuid,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check ((decided is null) = (because is null) and (decided is null) = (followed is null)),
  check (decided <> '' and because <> ''),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table advice is 'Advice taken about a concern: of whom, whether the child was named, what was asked and said, and what was decided after it and why. Never changed.';
comment on column advice.contact is 'The contact of the policy that was asked; null where it was somebody whom the policy does not name.';
comment on column advice.agency is 'Who that was, as the policy called them then.';
comment on column advice.decided is 'What was decided after it; null where somebody asked who does not decide.';
comment on column advice.followed is 'Whether the decision follows the advice.';
create index advice_by_concern on advice (school_id, concern_id, at);

alter table advice enable row level security;
create policy advice_read on advice for select using (school_id = scope_school() and (by_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
create policy advice_add on advice for insert with check (school_id = scope_school() and by_id = scope_adult()
  and (decided is null or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)))));
grant select, insert on advice to holdfast_app;

-- Whoever is shut out of a concern is shut out of the advice on it.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'pathway_step'$from$, $to$'advice', 'pathway_step'$to$);
end $$;
