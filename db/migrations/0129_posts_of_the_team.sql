-- The posts that a school's policy names: what is said of one that nobody holds, what is on record of a job description, and what
-- the trust and its advocates see of the posts of its schools.

create table vacant_post (
  school_id uuid not null references school (id),
  id uuid not null,
  role text not null,
  vacant_since date not null,
  interim_id uuid,
  entered_at timestamptz not null,
  entered_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, interim_id) references adult (school_id, id),
  foreign key (school_id, entered_by) references adult (school_id, id)
);
comment on table vacant_post is 'A post that is to be confirmed: since when nobody holds it and who covers it meanwhile. The last row of a post counts; nothing is changed.';
comment on column vacant_post.interim_id is 'Who covers it until somebody is appointed; null where nobody does. It gives no right.';
create index vacant_post_by_role on vacant_post (school_id, role, entered_at);

create table job_description (
  school_id uuid not null references school (id),
  id uuid not null,
  appointment_id uuid not null,
  signed_on date not null,
  kept_where text not null check (kept_where <> ''),
  names_lead boolean not null,
  names_online boolean not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  primary key (school_id, id),
  foreign key (school_id, appointment_id) references appointment (school_id, id),
  foreign key (school_id, recorded_by) references adult (school_id, id)
);
comment on table job_description is 'The signed job description of whoever holds a post: where it is kept and what it names. A revised one is a row of its own.';
comment on column job_description.names_lead is 'Whether it names the lead responsibility for safeguarding and child protection.';
comment on column job_description.names_online is 'Whether it names online safety, filtering and monitoring.';
create index job_description_by_appointment on job_description (school_id, appointment_id, recorded_at);

create function scope_sees_posts() returns boolean language sql stable parallel safe as
  $$ select scope_opens_files() or scope_holds('{headteacher,deputy-headteacher,chair-of-governors,safeguarding-governor,trust-safeguarding-lead}') $$;
comment on function scope_sees_posts is 'Whether whoever acts sees the register of posts of their school.';

alter table vacant_post enable row level security;
create policy vacant_post_read on vacant_post for select using (school_id = scope_school() and scope_sees_posts());
create policy vacant_post_add on vacant_post for insert with check (school_id = scope_school() and entered_by = scope_adult()
  and (scope_opens_files() or scope_holds('{headteacher}')));
alter table job_description enable row level security;
create policy job_description_read on job_description for select using (school_id = scope_school() and scope_sees_posts());
create policy job_description_add on job_description for insert with check (school_id = scope_school() and recorded_by = scope_adult()
  and (scope_opens_files() or scope_holds('{headteacher}')));
grant select, insert on vacant_post, job_description to holdfast_app;

-- Governors read no record of training. Of whoever holds a post they learn whether there is one of the courses of that post.
create function posts_trained(p_roles text[], p_courses text[], p_now timestamptz) returns table (adult_id uuid, course text, completed_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.adult_id, t.course, max(t.completed_on) from training_record t
  where t.school_id = scope_school() and scope_sees_posts() and t.course = any (p_courses)
    and exists (select from appointment p where p.school_id = t.school_id and p.adult_id = t.adult_id and p.role = any (p_roles)
      and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now))
  group by t.adult_id, t.course
$$;
comment on function posts_trained is 'When those who hold these posts last completed these courses, for whoever sees the register of posts.';

-- Who holds which post at each school of the trust, as a trust's policy prints it: names of holders, and nothing of a pupil or a concern.
create function posts_of_trust(p_now timestamptz) returns table (school_id uuid, key text, name text, held jsonb, vacant jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.key, s.name,
    (select coalesce(jsonb_agg(jsonb_build_object('appointmentId', p.id, 'adultId', p.adult_id, 'name', a.name, 'role', p.role,
        'startsAt', to_char(p.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'endsAt', to_char(p.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by p.starts_at, p.id), '[]')
      from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id where p.school_id = s.id and (p.ends_at is null or p.ends_at > p.starts_at)),
    (select coalesce(jsonb_agg(jsonb_build_object('role', v.role, 'since', v.vacant_since, 'interimName', a.name) order by v.entered_at, v.id), '[]')
      from vacant_post v left join adult a on a.school_id = v.school_id and a.id = v.interim_id where v.school_id = s.id)
  from school s join school own on own.id = scope_school() and own.trust_id = s.trust_id
  where scope_holds('{trust-safeguarding-lead,director-of-education,chief-executive,chair-of-trustees,trustee,central-staff,safeguarding-governor}')
  order by s.name, s.id
$$;
comment on function posts_of_trust is 'The posts of every school of the trust, for those of the trust and for its advocates. Where the school has no trust, nothing.';

revoke execute on function scope_sees_posts(), posts_trained(text[], text[], timestamptz), posts_of_trust(timestamptz) from public;
grant execute on function scope_sees_posts(), posts_trained(text[], text[], timestamptz), posts_of_trust(timestamptz) to holdfast_app;
