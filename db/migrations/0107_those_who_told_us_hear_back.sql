-- A child or a parent who told the school hears back: when, by whom and what; or why that cannot be.

alter table concern_source drop constraint concern_source_came_check;
alter table concern_source add constraint concern_source_came_check check (came in ('child', 'worry-box', 'parent', 'friend', 'overheard', 'seen'));
comment on table concern_source is 'How it reached the school: from the child, who told or wrote it, from a parent, through a friend, overheard or seen. No row where nobody said.';

create table reply (
  school_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  whom text not null check (whom in ('child', 'parent')),
  kind text not null check (kind in ('response', 'feedback', 'none')),
  at timestamptz,
  given_by text not null default '',
  says text not null default '',
  because text not null default '',
  own_child boolean,
  left_out boolean not null default false,
  recorded_at timestamptz not null,
  by_id uuid not null,
  excluded uuid[] not null default '{}',
  primary key (school_id, id),
  check (case when kind = 'none' then at is null and because <> '' else at <= recorded_at and given_by <> '' and says <> '' and because = '' end),
  check ((whom = 'parent') = (own_child is not null)),
  constraint reply_leaves_others_out check (whom = 'child' or kind = 'none' or own_child or left_out),
  foreign key (school_id, concern_id) references concern (school_id, id),
  foreign key (school_id, by_id) references adult (school_id, id)
);
comment on table reply is 'What a child or a parent who told the school heard back, and when; or why they cannot hear anything. Never changed: a later one is another row.';
comment on column reply.kind is 'Somebody spoke with the child; they were told what came of it, or the parent was answered; or neither can be, and why.';
comment on column reply.given_by is 'Who spoke with them or answered them.';
comment on column reply.own_child is 'Of a parent: whether the concern is about their own child and nobody else''s.';
comment on column reply.left_out is 'Whoever wrote the reply says that no detail of another''s child is in it.';
create index reply_by_concern on reply (school_id, concern_id, recorded_at);

alter table reply enable row level security;
create policy reply_read on reply for select using (school_id = scope_school()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));
create policy reply_add on reply for insert with check (school_id = scope_school() and by_id = scope_adult()
  and not coalesce(scope_adult() = any (excluded), false) and (scope_opens_files() or scope_stands_in(concern_id)));
grant select, insert on reply to holdfast_app;

-- Once it is owed to a child, nothing but a row of this table lets the concern close.
create function closure_hears_the_child() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from clock where school_id = new.school_id and concern_id = new.concern_id and name = 'child-feedback')
    and not exists (select from reply where school_id = new.school_id and concern_id = new.concern_id and whom = 'child' and kind in ('feedback', 'none')) then
    raise exception 'the child who told the school has not heard back' using errcode = 'check_violation';
  end if;
  return new;
end $$;
comment on function closure_hears_the_child is 'A concern that a child brought is not closed before the child has heard back, or a reason says why not.';
create trigger closure_hears_the_child before insert on closure for each row execute function closure_hears_the_child();

-- Whoever is shut out of a concern is shut out of the replies on it.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure), $from$'pathway_step'$from$, $to$'reply', 'pathway_step'$to$);
  if pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure) !~ '''reply''' then
    raise exception 'concern_exclude does not know reply';
  end if;
end $$;
