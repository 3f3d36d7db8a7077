-- Drawing a form about a child shows nothing of the file, and it tells whoever reads the log that somebody was busy with that child: a
-- deputy whom a concern names read from it that there was one. Such lines leave the page of who looked; an attempt that was refused
-- stays, and all of it stays in the trail.
do $$
declare
  v_log text := pg_get_functiondef('read_log(uuid, uuid, uuid, timestamptz, timestamptz, integer, integer)'::regprocedure);
  v_from constant text := $from$-- What the program did by itself while somebody acted is nobody's looking.$from$;
begin
  if position(v_from in v_log) = 0 then
    raise exception 'read_log is written otherwise than expected';
  end if;
  execute replace(v_log, v_from, $to$and (e.outcome = 'refused' or e.action not in ('page.opened', 'glass.opened'))
        $to$ || v_from);
end $$;
