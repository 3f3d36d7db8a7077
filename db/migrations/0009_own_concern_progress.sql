-- What the person who reported a concern is shown of its way. Alerts and clocks belong to the safeguarding team and their
-- policies hide them from everybody else; this hands out no more than who was told and by when something happens next.

create function own_concern_progress(p_concern uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object(
    'told', (select coalesce(jsonb_agg(jsonb_build_object('adultId', t.adult_id, 'name', t.name, 'role', t.role, 'kind', t.kind, 'toldAt', t.told_at)
        order by t.told_at, t.step, t.name), '[]')
      from (select distinct on (l.adult_id) l.adult_id, a.name, l.role, l.kind, l.told_at, l.step
        from alert l join adult a on a.school_id = l.school_id and a.id = l.adult_id
        where l.school_id = c.school_id and l.concern_id = c.id and l.kind in ('told', 'urgent', 'passed-on', 'handed-over')
        order by l.adult_id, l.told_at) t),
    'clocks', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'says', k.says, 'source', k.source, 'standing', k.standing, 'dueAt', k.due_at,
        'metAt', k.met_at) order by k.due_at, k.name), '[]')
      from clock k where k.school_id = c.school_id and k.concern_id = c.id and k.ended_at is null
        and k.name in ('urgent-alert', 'record-written', 'acknowledge', 'triage')),
    'acknowledgedBy', (select a.name from adult a where a.school_id = c.school_id and a.id = c.acknowledged_by))
  from concern c
  where c.school_id = scope_school() and c.id = p_concern and (c.reporter_id = scope_adult() or c.written_by = scope_adult())
$$;
comment on function own_concern_progress is 'Who was told of a concern and what is due, for whoever reported or wrote it; null for everybody else.';

grant execute on function own_concern_progress(uuid) to holdfast_app;
