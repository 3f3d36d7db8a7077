-- No login may untie anybody by hand.

-- `tied` is changed by concerns_of_child_exclude and child_untie alone.
revoke update on child from holdfast_app;
grant update (given_name, family_name, known_as, born, year_group, class_name, standing, other_school, description, home_authority, locality,
  leaves_at, search_name) on child to holdfast_app;

create function child_untie(p_child uuid, p_adult uuid, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
begin
  if v_school is null then
    raise exception 'no scope';
  end if;
  if p_adult = scope_adult() then
    raise exception 'nobody unties themselves';
  end if;
  update child set tied = array_remove(tied, p_adult) where school_id = v_school and id = p_child
    and not exists (select from tie where school_id = v_school and child_id = p_child and adult_id = p_adult and (ends_at is null or ends_at > p_now));
end $$;
comment on function child_untie is 'The last tie of an adult to a child has ended: what comes from now on is open to them again; what was shut to them stays shut.';

create function concerns_of_adult_exclude(p_named uuid, p_adults uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_concern uuid;
begin
  if v_school is null then
    raise exception 'no scope';
  end if;
  for v_concern in select concern_id from concern_adult where school_id = v_school and adult_id = p_named and involvement = 'alleged' loop
    perform concern_exclude(v_concern, p_adults);
  end loop;
end $$;
comment on function concerns_of_adult_exclude is 'A tie between adults became known: the relative is outside what names the other as having harmed.';

grant execute on function child_untie(uuid, uuid, timestamptz), concerns_of_adult_exclude(uuid, uuid[]) to holdfast_app;
