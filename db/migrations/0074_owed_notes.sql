-- A note that is owed names the concern. Whoever is put outside the concern before they have written it is not shown it any more; what
-- they wrote themselves stays theirs to read.

alter policy hand_back_read on hand_back using (school_id = scope_school() and ((by_id = scope_adult() and written_at is not null)
  or (not coalesce(scope_adult() = any (excluded), false) and (by_id = scope_adult() or scope_opens_files()))));

create or replace function hand_back_write(p_id uuid, p_concerns text, p_actions text, p_now timestamptz) returns uuid language sql security definer set search_path = public, pg_temp as $$
  update hand_back set concerns = p_concerns, actions = p_actions, written_at = p_now
  where school_id = scope_school() and id = p_id and by_id = scope_adult() and written_at is null and not (by_id = any (excluded)) returning concern_id
$$;
