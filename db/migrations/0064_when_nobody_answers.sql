-- Why else somebody is told: a second alert, an unkept time, somebody to be found, something to read on return, an action.

-- The list of kinds grows from what it is, so that other migrations may add theirs.
do $$
declare
  v_check text;
begin
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[',
    $kinds$ARRAY['second-alert'::text, 'find-dsl'::text, 'untriaged'::text, 'undecided'::text, 'for-return'::text, 'without-dsl'::text, 'handed-back'::text, 'action'::text, $kinds$);
end $$;

create function own_find_dsl() returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('count', count(*), 'since', min(a.told_at))
  from alert a join concern c on c.school_id = a.school_id and c.id = a.concern_id
  where a.school_id = scope_school() and a.adult_id = scope_adult() and a.kind = 'find-dsl' and c.state in ('unreached', 'new')
    and not (scope_adult() = any (c.excluded))
$$;
comment on function own_find_dsl is 'How many concerns still wait for somebody whom the actor was asked to find, and since when: nothing of what they are.';
grant execute on function own_find_dsl() to holdfast_app;
