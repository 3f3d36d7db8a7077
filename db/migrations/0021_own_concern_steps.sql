-- Whoever reported a concern finishes what they began, even where a tie keeps them outside the rest of it: the clock that they
-- had to meet is hidden from them by its policy, so this meets it for them, and tells them nothing.

create function own_concern_clocks_meet(p_concern uuid, p_names text[], p_now timestamptz) returns void language sql security definer
set search_path = public, pg_temp as $$
  update clock set met_at = p_now
  where school_id = scope_school() and concern_id = p_concern and name = any (p_names) and met_at is null and ended_at is null
    and exists (select from concern c where c.school_id = scope_school() and c.id = p_concern and (c.reporter_id = scope_adult() or c.written_by = scope_adult()))
$$;
comment on function own_concern_clocks_meet is 'Meets clocks of a concern for whoever reported or wrote it, when they have done what a clock waits for.';

grant execute on function own_concern_clocks_meet(uuid, text[], timestamptz) to holdfast_app;
