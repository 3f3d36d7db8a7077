-- Who looked at this child: the lines of the audit trail about one child or one concern, for the safeguarding team and the data protection
-- officer. The trail itself stays closed to them: these functions leave out whatever hangs on something that the reader is outside of.

create index audit_entry_found on audit_entry (school_id, n) where action = 'child.found';
comment on index audit_entry_found is 'Searches name the few children that they found and not one subject.';

create function read_log_links(p_child uuid, p_concern uuid) returns table (id uuid, outside boolean) language sql stable set search_path = public, pg_temp as $$
  with concerns as (
    select c.id, scope_adult() = any (c.excluded) or scope_adult() = any (k.excluded) as outside
    from concern_child k join concern c on c.school_id = k.school_id and c.id = k.concern_id
    where k.school_id = scope_school() and k.child_id = p_child and k.moved_to is null
    union select c.id, scope_adult() = any (c.excluded) from concern c where c.school_id = scope_school() and c.id = p_concern),
  hanging as (
    select r.id, r.concern_id, r.child_id, r.excluded from referral r where r.school_id = scope_school() and (r.child_id = p_child or r.concern_id = p_concern)
    union all select n.id, n.concern_id, n.child_id, n.excluded from note n where n.school_id = scope_school() and (n.child_id = p_child or n.concern_id = p_concern)
    union all select p.id, p.concern_id, p.child_id, p.excluded from plan p where p.school_id = scope_school() and (p.child_id = p_child or p.concern_id = p_concern)
    union all select a.id, a.concern_id, a.child_id, a.excluded from action a where a.school_id = scope_school()
      and (a.child_id = p_child or a.concern_id = p_concern or a.concern_id in (select c.id from concerns c))
    union all select s.id, s.concern_id, s.child_id, s.excluded from pupil_search s where s.school_id = scope_school() and (s.child_id = p_child or s.concern_id = p_concern)
    union all select m.id, m.concern_id, m.child_id, m.excluded from monitoring_report m where m.school_id = scope_school() and (m.child_id = p_child or m.concern_id = p_concern)
    union all select h.id, h.concern_id, null, h.excluded from hand_back h where h.school_id = scope_school() and h.concern_id in (select c.id from concerns c)
    union all select s.id, null, s.child_id, s.excluded from share s where s.school_id = scope_school() and s.child_id = p_child
    union all select g.id, null, g.child_id, g.excluded from glass_break g where g.school_id = scope_school() and g.child_id = p_child)
  select p_child, false where p_child is not null
  union all select c.id, coalesce(c.outside, false) from concerns c
  union all select h.id, coalesce(scope_adult() = any (h.excluded), false)
    or coalesce((select scope_adult() = any (c.excluded) from concern c where c.school_id = scope_school() and c.id = h.concern_id), false)
  from hanging h
$$;
comment on function read_log_links is 'For the functions of this file alone: the records that hang on a child or a concern, and whether the reader is outside each.';
revoke execute on function read_log_links(uuid, uuid) from public;

create function read_log(p_child uuid, p_concern uuid, p_who uuid, p_from timestamptz, p_until timestamptz, p_limit integer, p_offset integer) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_ids uuid[];
  v_outside text[];
begin
  if v_school is null or scope_adult() is null or (p_child is null) = (p_concern is null)
     or not (scope_opens_files() or (p_concern is null and scope_holds('{data-protection-officer}'))) then
    raise exception 'not permitted' using errcode = 'insufficient_privilege';
  end if;
  if p_child is not null and not exists (select from child where school_id = v_school and id = p_child and not scope_adult() = any (tied))
     or p_concern is not null and not exists (select from concern where school_id = v_school and id = p_concern and not scope_adult() = any (excluded)) then
    return null;
  end if;
  select array_agg(l.id) filter (where not l.outside), coalesce(array_agg('%' || l.id || '%') filter (where l.outside), '{}')
    into v_ids, v_outside from read_log_links(p_child, p_concern) l;
  return (
    with about as (
      select e.* from audit_entry e where e.school_id = v_school and e.chain = 'main' and e.subject_id = any (v_ids)
      union all
      select e.* from audit_entry e where e.school_id = v_school and e.chain = 'main' and e.action = 'child.found' and e.subject_id is null
        and p_child is not null and e.body like '%' || p_child || '%'),
    told as (
      select e.n, e.at, e.actor_id, e.action, e.subject_kind, e.outcome, e.body::jsonb as body from about e
      where not e.body like any (v_outside) and e.body::jsonb ->> 'actorKind' <> 'worker'
        -- What the program did by itself while somebody acted is nobody's looking.
        and e.action not in ('alert.told', 'alert.passed-on', 'alert.unanswered', 'account.awaited', 'account.chased', 'clock.breached', 'clock.recomputed',
          'concern.unreached', 'concern.reached', 'retention.flagged')),
    chosen as (
      select t.* from told t where (p_who is null or t.actor_id = p_who) and (p_from is null or t.at >= p_from) and (p_until is null or t.at < p_until))
    select jsonb_build_object(
      'total', (select count(*) from chosen),
      'people', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by a.name, a.id), '[]') from adult a
        where a.school_id = v_school and a.id in (select t.actor_id from told t)),
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('at', to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'name', l.name, 'event', l.action,
          'about', l.subject_kind, 'refused', l.outcome = 'refused', 'roles', coalesce(l.body -> 'roles', '[]'), 'ground', l.body ->> 'ground',
          'glass', l.action like 'glass.%') order by l.n desc), '[]')
        from (select c.*, a.name from chosen c left join adult a on a.school_id = v_school and a.id = c.actor_id
          order by c.n desc limit p_limit offset p_offset) l)));
end $$;
comment on function read_log is 'One page of who did what with a child''s records or with a concern, the newest first, refused attempts included. Nothing that hangs on what the reader is outside of is shown, counted or named among the people; nothing of the chain of cases about adults.';
revoke execute on function read_log(uuid, uuid, uuid, timestamptz, timestamptz, integer, integer) from public;
grant execute on function read_log(uuid, uuid, uuid, timestamptz, timestamptz, integer, integer) to holdfast_app;
