-- Adults, appointments, absences, cover, children and what is known about them.

create table adult (
  school_id uuid not null references school (id),
  id uuid not null,
  account_id uuid references account (id),
  name text not null check (name <> ''),
  email text,
  kind text not null check (kind in ('staff', 'supply', 'contractor', 'volunteer', 'governor', 'trainee', 'trust', 'parent', 'visitor', 'professional')),
  job_title text,
  employer text,
  phone text,
  created_at timestamptz not null,
  primary key (school_id, id),
  unique (school_id, account_id)
);
comment on table adult is 'Anyone who is not a pupil, as this school knows them. One person at two schools is two rows with one account.';

create table appointment (
  school_id uuid not null,
  id uuid not null,
  adult_id uuid not null,
  role text not null,
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at is null or ends_at >= starts_at),
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table appointment is 'An adult holding a role between two moments. Every right comes from one; ending it ends the right that minute.';
create index appointment_by_adult on appointment (school_id, adult_id);

create table absence (
  school_id uuid not null,
  id uuid not null,
  adult_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz check (ends_at is null or ends_at >= starts_at),
  reason text not null check (reason in ('out', 'trip', 'holiday', 'ill', 'training', 'leave')),
  said_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table absence is 'When somebody cannot be reached ("I am out"). The duty passes over whoever is absent, at once.';
create index absence_by_adult on absence (school_id, adult_id);

create table cover (
  school_id uuid not null,
  id uuid not null,
  adult_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  kind text not null check (kind in ('school-day', 'trip', 'holiday', 'out-of-hours')),
  phone text,
  primary key (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table cover is 'The cover rota of the safeguarding team: who is on duty between two moments, and how they are reached then.';
create index cover_by_time on cover (school_id, ends_at);

create table child (
  school_id uuid not null references school (id),
  id uuid not null,
  given_name text not null,
  family_name text not null,
  known_as text,
  born date,
  year_group text,
  class_name text,
  standing text not null check (standing in ('on-roll', 'dual', 'left', 'not-on-roll', 'unidentified')),
  other_school text,
  description text,
  home_authority text,
  locality text,
  leaves_at text check (leaves_at ~ '^[0-2][0-9]:[0-5][0-9]$'),
  search_name text not null,
  tied uuid[] not null default '{}',
  created_at timestamptz not null,
  primary key (school_id, id)
);
comment on table child is 'Anyone under 18 whom a concern may be about: a pupil, or a child who is not on roll or not yet identified.';
comment on column child.tied is 'Adults of the school who are parents or relatives of the child, or share a household: outside the child''s file whatever their role.';
comment on column child.leaves_at is 'Local time HH:MM at which this child leaves the premises, where it differs from the end of the school day.';
comment on column child.search_name is 'Names in lower case without accents, for finding a child by the first letters of any name.';
create index child_by_name on child (school_id, family_name, given_name, id);

create table sibling (
  school_id uuid not null,
  child_id uuid not null,
  sibling_id uuid not null check (sibling_id <> child_id),
  primary key (school_id, child_id, sibling_id),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, sibling_id) references child (school_id, id)
);
comment on table sibling is 'Brothers and sisters at this school, stored both ways round.';

create table child_contact (
  school_id uuid not null,
  id uuid not null,
  child_id uuid not null,
  name text not null,
  relation text not null,
  phone text,
  email text,
  priority integer not null,
  adult_id uuid,
  barred boolean not null default false,
  barred_reason text,
  ends_at timestamptz,
  primary key (school_id, id),
  check (not barred or barred_reason is not null),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, adult_id) references adult (school_id, id)
);
comment on table child_contact is 'Parents, carers and others to ring, and those who must not be contacted, with the reason.';
create index child_contact_by_child on child_contact (school_id, child_id);

create table child_address (
  school_id uuid not null,
  id uuid not null,
  child_id uuid not null,
  address text not null,
  says text,
  starts_on date not null,
  ends_on date,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table child_address is 'Where a child lives or stays, dated; a child may live in two places, under two authorities.';
create index child_address_by_child on child_address (school_id, child_id);

create table child_status (
  school_id uuid not null,
  id uuid not null,
  child_id uuid not null,
  status text not null,
  starts_on date not null,
  ends_on date,
  authority text,
  worker_name text,
  worker_phone text,
  primary key (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id)
);
comment on table child_status is 'Dated legal or support statuses (child protection plan, looked after, ...), with the social worker.';
create index child_status_by_child on child_status (school_id, child_id);

create table tie (
  school_id uuid not null,
  id uuid not null,
  adult_id uuid not null,
  child_id uuid,
  other_adult_id uuid,
  kind text not null check (kind in ('parent', 'relative', 'household', 'declared')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  primary key (school_id, id),
  check ((child_id is null) <> (other_adult_id is null)),
  foreign key (school_id, adult_id) references adult (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, other_adult_id) references adult (school_id, id)
);
comment on table tie is 'A family or declared tie that keeps an adult outside what concerns a child or another adult.';
create index tie_by_adult on tie (school_id, adult_id);

alter table adult enable row level security;
create policy adult_school on adult using (school_id = scope_school()) with check (school_id = scope_school());
alter table appointment enable row level security;
create policy appointment_school on appointment using (school_id = scope_school()) with check (school_id = scope_school());
alter table absence enable row level security;
create policy absence_school on absence using (school_id = scope_school()) with check (school_id = scope_school());
alter table cover enable row level security;
create policy cover_school on cover using (school_id = scope_school()) with check (school_id = scope_school());
alter table child enable row level security;
create policy child_school on child using (school_id = scope_school()) with check (school_id = scope_school());
alter table sibling enable row level security;
create policy sibling_school on sibling using (school_id = scope_school()) with check (school_id = scope_school());
alter table child_contact enable row level security;
create policy child_contact_file on child_contact using (school_id = scope_school() and (scope_opens_files() or scope_administers())) with check (school_id = scope_school());
alter table child_address enable row level security;
create policy child_address_file on child_address using (school_id = scope_school() and (scope_opens_files() or scope_administers())) with check (school_id = scope_school());
alter table child_status enable row level security;
create policy child_status_file on child_status using (school_id = scope_school() and (scope_opens_files() or scope_is_worker())) with check (school_id = scope_school());
alter table tie enable row level security;
create policy tie_school on tie using (school_id = scope_school()) with check (school_id = scope_school());

grant select, insert, update on adult, appointment, absence, cover, child, child_contact, child_address, child_status, tie to holdfast_app;
grant select, insert, delete on sibling to holdfast_app;
grant delete on cover to holdfast_app;
