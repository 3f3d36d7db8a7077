-- Signed checkpoints of the audit trail: one for each school and night, of one shape and size whatever happened, and to whom they go.

create table audit_checkpoint (
  school_id uuid not null references school (id),
  day date not null,
  made_at timestamptz not null,
  content text not null check (content <> ''),
  primary key (school_id, day)
);
comment on table audit_checkpoint is 'What was signed for each night, as it left the database: a salted digest of the head of each chain, the same two whether or not a chain grew.';
comment on column audit_checkpoint.day is 'The day at whose end it was due, in London. One that is missing was covered by the next.';

create table checkpoint_opening (
  school_id uuid not null,
  day date not null,
  chain text not null check (chain in ('main', 'conduct')),
  n bigint not null,
  salt bytea not null check (length(salt) = 32),
  primary key (school_id, day, chain),
  foreign key (school_id, day) references audit_checkpoint (school_id, day)
);
comment on table checkpoint_opening is 'What shows which head a checkpoint covers. Never leaves with the checkpoint, and nobody who serves requests reads it: it says how long each chain is.';

create table checkpoint_recipient (
  school_id uuid not null references school (id),
  id uuid not null,
  address text not null check (address <> ''),
  added_at timestamptz not null,
  added_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (school_id, id),
  check ((ended_at is null) = (ended_by is null)),
  foreign key (school_id, added_by) references adult (school_id, id),
  foreign key (school_id, ended_by) references adult (school_id, id)
);
comment on table checkpoint_recipient is 'Addresses outside the school to which each checkpoint is sent. Nobody of the school: everybody there can become the subject of a case.';

create table checkpoint_delivery (
  school_id uuid not null,
  day date not null,
  recipient_id uuid not null,
  sent_at timestamptz not null,
  primary key (school_id, day, recipient_id),
  foreign key (school_id, day) references audit_checkpoint (school_id, day)
);
comment on table checkpoint_delivery is 'Which checkpoint went to which address, and when.';

alter table audit_checkpoint enable row level security;
create policy audit_checkpoint_read on audit_checkpoint for select using (school_id = scope_school()
  and (scope_is_worker() or scope_holds('{data-protection-officer,headteacher,chair-of-governors,system-administrator}')));
create policy audit_checkpoint_make on audit_checkpoint for insert with check (school_id = scope_school() and scope_is_worker());
alter table checkpoint_opening enable row level security;
create policy checkpoint_opening_make on checkpoint_opening for insert with check (school_id = scope_school() and scope_is_worker());
alter table checkpoint_recipient enable row level security;
create policy checkpoint_recipient_read on checkpoint_recipient for select using (school_id = scope_school()
  and (scope_is_worker() or scope_holds('{data-protection-officer,headteacher,chair-of-governors,system-administrator}')));
create policy checkpoint_recipient_add on checkpoint_recipient for insert with check (school_id = scope_school() and added_by = scope_adult()
  and ended_at is null and scope_holds('{data-protection-officer,headteacher,system-administrator}'));
create policy checkpoint_recipient_end on checkpoint_recipient for update using (school_id = scope_school() and ended_at is null
  and scope_holds('{data-protection-officer,headteacher,system-administrator}'))
  with check (school_id = scope_school() and ended_by = scope_adult() and scope_holds('{data-protection-officer,headteacher,system-administrator}'));
alter table checkpoint_delivery enable row level security;
create policy checkpoint_delivery_read on checkpoint_delivery for select using (school_id = scope_school() and scope_is_worker());
create policy checkpoint_delivery_add on checkpoint_delivery for insert with check (school_id = scope_school() and scope_is_worker());

grant select, insert on audit_checkpoint, checkpoint_recipient, checkpoint_delivery to holdfast_app;
grant insert on checkpoint_opening to holdfast_app;
grant update (ended_at, ended_by) on checkpoint_recipient to holdfast_app;

create function audit_heads() returns table (chain text, n bigint, hash bytea) language sql stable security definer set search_path = public, pg_temp as $$
  select c.chain, c.n, c.hash from audit_chain c where c.school_id = scope_school() and scope_is_worker()
$$;
comment on function audit_heads is 'The heads of a school''s chains, for the checkpoint of the night: for background work alone.';

create function address_is_of_school(p_address text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from account c join adult a on a.account_id = c.id
    where a.school_id = scope_school() and lower(c.email) = lower(p_address)
      and (scope_is_worker() or scope_holds('{data-protection-officer,headteacher,system-administrator,chair-of-governors}')))
$$;
comment on function address_is_of_school is 'Whether somebody of the school has this address. It is asked of every address alike: never whether that person is in a case.';

grant execute on function audit_heads(), address_is_of_school(text) to holdfast_app;
