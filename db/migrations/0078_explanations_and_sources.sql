-- How an injury came about may be told several times and by several people, and it matters whether they agree. Where a school heard
-- of something, and what a child handed over of their own accord, have a place of their own.

create table explanation (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  mark_n integer not null,
  given_by text not null check (given_by in ('child', 'parent', 'other')),
  given_says text not null default '',
  says text not null default '',
  said_on date,
  said_at_time text,
  treatment text check (treatment in ('sought', 'not-sought', 'not-known')),
  treatment_says text not null default '',
  agrees text check (agrees in ('yes', 'no', 'not-sure')),
  at timestamptz not null,
  by_id uuid,
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  reporter_id uuid,
  primary key (school_id, id),
  check (says <> '' or treatment is not null),
  foreign key (school_id, concern_id, mark_n) references body_mark (school_id, concern_id, n)
);
comment on table explanation is 'How somebody says that an injury came about, one row for each time it was said, and whether it was treated. Never changed: a later one is another row.';
comment on column explanation.given_says is 'Who it was, where it was neither the child nor a parent, or which parent.';
comment on column explanation.said_on is 'The day it was said; null where it came with the record itself.';
comment on column explanation.agrees is 'Whether it agrees with what others had said before, in the judgement of whoever wrote it down; null where there was nothing to compare it with.';
comment on column explanation.at is 'When it was written down.';
create index explanation_by_concern on explanation (school_id, concern_id, mark_n);

insert into explanation (school_id, id, concern_id, mark_n, given_by, says, at, by_id, excluded, readers, reporter_id)
  select m.school_id, gen_random_uuid(), m.concern_id, m.n, 'child', m.explanation, c.recorded_at, c.written_by, m.excluded, m.readers, m.reporter_id
  from body_mark m join concern c on c.school_id = m.school_id and c.id = m.concern_id where m.explanation <> '';
alter table body_mark drop column explanation;

alter table explanation enable row level security;
create policy explanation_read on explanation for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id) or scope_adult() = any (readers)))));
create policy explanation_insert on explanation for insert with check (school_id = scope_school());
grant select, insert on explanation to holdfast_app;

create table concern_source (
  school_id uuid not null,
  concern_id uuid not null,
  came text not null check (came in ('child', 'friend', 'overheard', 'seen')),
  excluded uuid[] not null default '{}',
  readers uuid[] not null default '{}',
  reporter_id uuid,
  primary key (school_id, concern_id),
  foreign key (school_id, concern_id) references concern (school_id, id)
);
comment on table concern_source is 'How it reached the school: from the child, through a friend, overheard or seen. No row where nobody said.';
alter table concern_source enable row level security;
create policy concern_source_read on concern_source for select using (school_id = scope_school() and (reporter_id = scope_adult()
  or (not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id) or scope_adult() = any (readers)))));
create policy concern_source_insert on concern_source for insert with check (school_id = scope_school());
grant select, insert on concern_source to holdfast_app;

-- A child who told of harm to another is in the concern, and is not the one who may be harmed.
alter table concern_child drop constraint concern_child_involvement_check;
alter table concern_child add constraint concern_child_involvement_check check (involvement in ('subject', 'source', 'alleged', 'witness', 'sibling', 'other'));

-- A note or a drawing that a child gave of their own accord, with how it came about. There is no kind for a statement of a child.
alter table attachment drop constraint attachment_kind_check;
alter table attachment add constraint attachment_kind_check check (kind in ('paper-form', 'letter', 'child-item'));
alter table attachment add column circumstances text not null default '';
alter table attachment add constraint attachment_child_item_circumstances check (kind <> 'child-item' or circumstances <> '');
comment on column attachment.circumstances is 'How a child came to give it, and what the adult saw and said: needed for what a child gave of their own accord.';

do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'concern_move'$from$, $to$'concern_move', 'explanation', 'concern_source'$to$);
end $$;
