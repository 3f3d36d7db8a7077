-- A child who is known only from concerns tells by being listed that there is a concern: whoever is outside all of those is
-- not shown the child, nor how somebody described them.

create function scope_sees_child(p_child uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select scope_adult() is null
    or not exists (select from concern_child k where k.school_id = scope_school() and k.child_id = p_child)
    or exists (select from concern_child k join concern c on c.school_id = k.school_id and c.id = k.concern_id
      where k.school_id = scope_school() and k.child_id = p_child
        and (c.reporter_id = scope_adult() or c.written_by = scope_adult() or not (scope_adult() = any (c.excluded))))
$$;
comment on function scope_sees_child is 'Of a child known only from concerns: whether the actor is inside one of them, or reported it. Says nothing of any other child.';
grant execute on function scope_sees_child(uuid) to holdfast_app;

alter policy child_read on child using (school_id = scope_school() and (standing not in ('not-on-roll', 'unidentified') or scope_sees_child(id)));

-- That two reports are linked stands in the files of both: whoever is shut out of one is not shown in the other's that there is one.
do $$
begin
  execute replace(pg_get_functiondef('concern_exclude(uuid, uuid[])'::regprocedure),
    $from$where school_id = v_school and linked_id = p_concern;$from$,
    $to$where school_id = v_school and linked_id = p_concern;
  update entry set excluded = array(select distinct unnest(excluded || p_adults)) where school_id = v_school and kind = 'linked'
    and concern_id in (select concern_id from concern_link where school_id = v_school and linked_id = p_concern);$to$);
end $$;
