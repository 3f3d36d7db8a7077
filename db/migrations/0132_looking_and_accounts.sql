-- A case looked at by the trust, by consultation or on a ground; questions about unusual looking; and accounts that nobody uses or that somebody who left still has.

alter table glass_break add column kind text not null default 'urgent' check (kind in ('urgent', 'oversight', 'consultation'));
comment on column glass_break.kind is 'urgent: the child could not wait. oversight: the trust''s safeguarding lead typed a ground. consultation: the safeguarding team asked the lead to look.';

do $$
declare
  v_enter text := pg_get_functiondef('scope_enter(uuid, uuid, uuid, timestamptz)'::regprocedure);
  v_from constant text := $from$v_roles && '{headteacher,deputy-headteacher,senior-leader,designated-teacher,senco,mental-health-lead,attendance-lead}'$from$;
begin
  if position(v_from in v_enter) = 0 then
    raise exception 'scope_enter is written otherwise than expected';
  end if;
  execute replace(v_enter, v_from, $to$v_roles && '{headteacher,deputy-headteacher,senior-leader,designated-teacher,senco,mental-health-lead,attendance-lead,trust-safeguarding-lead}'$to$);
end $$;

-- As with breaking the glass, whoever is outside a concern about the child hears nothing of it: only the database knows who that is, so the
-- function leaves them out, says who was told, and opens nothing where nobody is left. A lead who is outside one is not asked either.
create function oversight_open(p_id uuid, p_kind text, p_child uuid, p_leads uuid[], p_reason text, p_hours integer, p_told uuid[], p_above uuid[],
  p_now timestamptz, p_says text, p_source text, p_link text) returns uuid[] language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_tied uuid[];
  v_outside uuid[];
  v_told uuid[];
  v_lead uuid;
begin
  select tied into v_tied from child where school_id = scope_school() and id = p_child;
  if v_tied is null or cardinality(p_leads) = 0 or (p_leads || p_told || p_above) && v_tied
     or p_kind not in ('oversight', 'consultation')
     or p_kind = 'oversight' and (p_leads <> array[scope_adult()] or not scope_holds('{trust-safeguarding-lead}'))
     or p_kind = 'consultation' and (scope_adult() = any (p_leads) or not scope_opens_files() or scope_adult() = any (v_tied) or p_told <> array[scope_adult()])
     or exists (select from unnest(p_leads) l where not exists (select from appointment p where p.school_id = scope_school() and p.adult_id = l
       and p.role = 'trust-safeguarding-lead' and p.starts_at <= p_now and (p.ends_at is null or p.ends_at > p_now)))
     or exists (select from unnest(p_told || p_above) t where not exists (select from adult a where a.school_id = scope_school() and a.id = t)) then
    raise exception 'nobody opens a case so' using errcode = 'insufficient_privilege';
  end if;
  v_outside := array(select distinct o from (select unnest(v_tied) union select unnest(k.excluded) from concern_child k
    where k.school_id = scope_school() and k.child_id = p_child and k.moved_to is null) as x (o) where o <> scope_adult());
  select l into v_lead from unnest(p_leads) with ordinality as x (l, n) where not (l = any (v_outside)) order by n limit 1;
  v_told := array(select t from unnest(p_told) t where not (t = any (v_outside)));
  if cardinality(v_told) = 0 then
    v_told := array(select t from unnest(p_above) t where not (t = any (v_outside)));
  end if;
  if v_lead is null or cardinality(v_told) = 0 then
    return '{}';
  end if;
  insert into glass_break (school_id, id, child_id, adult_id, role, kind, reason, begun_at, ends_at, told, excluded)
    values (scope_school(), p_id, p_child, v_lead, 'trust-safeguarding-lead', p_kind, p_reason, p_now, p_now + make_interval(hours => p_hours), v_told, v_outside);
  if p_kind = 'consultation' then
    v_told := array[v_lead];
  end if;
  insert into notice (school_id, id, adult_id, topic, urgent, says, source, link, told_at)
    select scope_school(), gen_random_uuid(), t, 'oversight', false, p_says, p_source, p_link, p_now from unnest(v_told) t;
  return v_told;
end $$;
comment on function oversight_open is 'Opens one child''s case for some hours to the trust''s safeguarding lead: on a ground that the lead typed, of which the safeguarding team is told, or because the team asks the lead. Neither is done without the other being told. Gives who was told; nobody, and nothing is opened, where each of them is outside a concern about the child.';
revoke execute on function oversight_open(uuid, text, uuid, uuid[], text, integer, uuid[], uuid[], timestamptz, text, text, text) from public;
grant execute on function oversight_open(uuid, text, uuid, uuid[], text, integer, uuid[], uuid[], timestamptz, text, text, text) to holdfast_app;

create table looking_watch (
  school_id uuid not null references school (id),
  day date not null,
  n bigint not null,
  primary key (school_id, day)
);
comment on table looking_watch is 'Which days of the read log were looked through for unusual looking, and how far the trail reached then, so that the next look begins there.';

create table looking_question (
  school_id uuid not null references school (id),
  id uuid not null,
  kind text not null check (kind in ('many-children', 'again', 'colleagues-child', 'night', 'after-leaving', 'search', 'refused')),
  adult_id uuid not null,
  child_id uuid,
  times integer not null check (times > 0),
  usual integer check (usual >= 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  raised_at timestamptz not null,
  audience text not null check (audience in ('team', 'head')),
  excluded uuid[] not null default '{}',
  settled_at timestamptz,
  settled_by uuid,
  says text check (says <> ''),
  primary key (school_id, id),
  check (first_at <= last_at),
  check (adult_id = any (excluded)),
  check ((settled_at is null) = (settled_by is null) and (settled_at is null) = (says is null)),
  foreign key (school_id, adult_id) references adult (school_id, id),
  foreign key (school_id, child_id) references child (school_id, id),
  foreign key (school_id, settled_by) references adult (school_id, id)
);
comment on table looking_question is 'Looking in the read log that somebody should ask about. A question and not an accusation; never shown to whoever looked.';
comment on column looking_question.audience is 'team: the safeguarding team. head: where whoever looked is the DSL.';
comment on column looking_question.excluded is 'Whoever looked, whoever is tied to the child, and whoever is outside a concern that was looked at.';
create index looking_question_open on looking_question (school_id, raised_at) where settled_at is null;

alter table looking_watch enable row level security;
create policy looking_watch_worker on looking_watch using (school_id = scope_school() and scope_is_worker()) with check (school_id = scope_school() and scope_is_worker());
alter table looking_question enable row level security;
create policy looking_question_read on looking_question for select using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and (scope_is_worker() or (audience = 'team' and scope_opens_files()) or (audience = 'head' and scope_holds('{headteacher}'))));
create policy looking_question_raise on looking_question for insert with check (school_id = scope_school() and scope_is_worker() and settled_at is null);
create policy looking_question_settle on looking_question for update using (school_id = scope_school() and not coalesce(scope_adult() = any (excluded), false)
  and settled_at is null and ((audience = 'team' and scope_opens_files()) or (audience = 'head' and scope_holds('{headteacher}'))))
  with check (school_id = scope_school() and settled_by = scope_adult());
grant select, insert on looking_watch, looking_question to holdfast_app;
grant update (settled_at, settled_by, says) on looking_question to holdfast_app;

create function looking_of_days(p_from timestamptz, p_day timestamptz, p_until timestamptz, p_habit timestamptz, p_after_n bigint) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
begin
  if v_school is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = 'insufficient_privilege';
  end if;
  return (
    with did as (
      select e.actor_id, e.at, e.action, e.subject_kind, e.subject_id, e.outcome, e.body from audit_entry e
      where e.school_id = v_school and e.chain = 'main' and e.n > p_after_n and e.at >= p_habit and e.at < p_until and e.actor_id is not null
        and e.action not like 'read-log.%' and e.action not in ('alert.told', 'alert.seen', 'alert.passed-on', 'account.awaited', 'clock.breached')),
    of_child as (
      select d.*, d.subject_id as child_id, '{}'::uuid[] as outside from did d where d.subject_kind = 'child'
      union all select d.*, k.child_id, c.excluded || k.excluded from did d join concern_child k on k.school_id = v_school and k.concern_id = d.subject_id and k.moved_to is null
        join concern c on c.school_id = v_school and c.id = k.concern_id where d.subject_kind = 'concern'
      union all select d.*, n.child_id, n.excluded from did d join note n on n.school_id = v_school and n.id = d.subject_id where d.subject_kind = 'note'
      union all select d.*, p.child_id, p.excluded from did d join plan p on p.school_id = v_school and p.id = d.subject_id where d.subject_kind = 'plan'
      union all select d.*, r.child_id, r.excluded from did d join referral r on r.school_id = v_school and r.id = d.subject_id where d.subject_kind = 'referral'),
    sorted as (
      select o.*, case when o.outcome = 'refused' then 'refused' when o.action = 'child.found' then 'searched'
        when o.action in ('file.opened', 'file.printed', 'concern.opened', 'concern.triage-opened', 'note.opened', 'plan.read', 'referral.opened', 'attachment.opened',
          'glass.file-opened', 'oversight.read', 'child.opened', 'attendance.opened', 'trusted-adults.opened', 'shares.opened') then 'looked'
        when o.action in ('plan.opened', 'record-request.opened', 'pupil-case.opened', 'oversight.opened') then 'wrote'
        when o.action ~ '[.-](opened|listed|read|seen)$' then 'other' else 'wrote' end as did from of_child o)
    select jsonb_build_object(
      'did', (select coalesce(jsonb_agg(jsonb_build_object('adultId', s.actor_id, 'childId', s.child_id, 'did', s.did, 'outside', to_jsonb(s.outside),
          'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.at), '[]') from sorted s where s.at >= p_from and s.did in ('looked', 'searched', 'wrote')),
      'refused', (select coalesce(jsonb_agg(jsonb_build_object('adultId', r.actor_id, 'times', r.times, 'firstAt', r.first_at, 'lastAt', r.last_at)), '[]')
        from (select d.actor_id, count(*) as times, to_char(min(d.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as first_at,
            to_char(max(d.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last_at from did d
          where d.at >= p_day and d.outcome = 'refused' and d.subject_kind in ('child', 'concern', 'note', 'plan', 'referral', 'share', 'action') group by d.actor_id) r),
      'habits', (select coalesce(jsonb_agg(jsonb_build_object('adultId', h.actor_id, 'childrenADay', h.usual)), '[]')
        from (select t.actor_id, ceil(avg(t.children))::int as usual from (select s.actor_id, (s.at at time zone 'Europe/London')::date as day, count(distinct s.child_id) as children
            from sorted s where s.did = 'looked' and s.at < p_day group by 1, 2) t group by 1) h),
      'children', (select coalesce(jsonb_agg(jsonb_build_object('childId', c.id, 'tied', to_jsonb(c.tied),
          'leftOn', case when c.standing = 'left' then (select max(t.moves_on) from transfer t where t.school_id = v_school and t.child_id = c.id and t.direction = 'out') end)), '[]')
        from child c where c.school_id = v_school and c.id in (select s.child_id from sorted s where s.at >= p_from))));
end $$;
comment on function looking_of_days is 'For background work: who looked at which child''s records, wrote there or searched, in the days asked for, with each person''s own habit of the days before. Ids and times, nothing of what was read.';
revoke execute on function looking_of_days(timestamptz, timestamptz, timestamptz, timestamptz, bigint) from public;
grant execute on function looking_of_days(timestamptz, timestamptz, timestamptz, timestamptz, bigint) to holdfast_app;

alter table adult add column active_told_at timestamptz;
comment on column adult.active_told_at is 'When it was told that this person has left and their account is still open.';

create function leavers_with_account(p_now timestamptz, p_today timestamptz) returns table (adult_id uuid, name text, left_at timestamptz, elsewhere boolean) language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = 'insufficient_privilege';
  end if;
  return query
    with gone as (
      select a.id, max(p.ends_at) as left_at from adult a join account c on c.id = a.account_id and c.disabled_at is null
      join appointment p on p.school_id = a.school_id and p.adult_id = a.id
      where a.school_id = scope_school() group by a.id
      having bool_and(p.ends_at is not null) and max(p.ends_at) < p_today)
    update adult a set active_told_at = p_now from gone g where a.school_id = scope_school() and a.id = g.id
      and (a.active_told_at is null or a.active_told_at < g.left_at)
    returning a.id, a.name, g.left_at, exists (select from adult o join appointment p on p.school_id = o.school_id and p.adult_id = o.id
      where o.account_id = a.account_id and o.school_id <> a.school_id and (p.ends_at is null or p.ends_at > p_now));
end $$;
comment on function leavers_with_account is 'For background work: who left before today and can still sign in, each once; and whether that is because another school has them.';
revoke execute on function leavers_with_account(timestamptz, timestamptz) from public;

create function account_uses(p_now timestamptz) returns table (adult_id uuid, name text, job_title text, starts_at timestamptz, account text, last_used_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not (scope_opens_files() or scope_holds('{system-administrator,human-resources,headteacher}')) then
    raise exception 'not permitted' using errcode = 'insufficient_privilege';
  end if;
  return query
    select a.id, a.name, a.job_title, min(p.starts_at), case when c.id is null then 'none' when c.disabled_at is not null then 'closed' else 'open' end,
      (select max(s.started_at) from session s where s.account_id = a.account_id and s.school_id = a.school_id)
    from adult a join appointment p on p.school_id = a.school_id and p.adult_id = a.id and p.starts_at <= p_now left join account c on c.id = a.account_id
    where a.school_id = scope_school() group by a.id, a.name, a.job_title, a.account_id, a.school_id, c.id, c.disabled_at
    having bool_or(p.ends_at is null or p.ends_at > p_now) order by a.name, a.id;
end $$;
comment on function account_uses is 'For whoever keeps people: which adults who work here now have an account, and when each was last signed in with.';
revoke execute on function account_uses(timestamptz) from public;
grant execute on function leavers_with_account(timestamptz, timestamptz), account_uses(timestamptz) to holdfast_app;
