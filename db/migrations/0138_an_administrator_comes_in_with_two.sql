-- Where nobody else is left who could agree to what a head proposes of the team, the administrator does. So one person makes no
-- administrator: a head who ended everybody else's roles at once could agree with an account of their own.

create function role_takes_two(p_school uuid, p_role text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select p_role = 'system-administrator' or role_is_guarded(p_school, p_role)
$$;
comment on function role_takes_two is 'Whether appointments to a role change with two people: the guarded roles, and the administrator, who agrees where nobody else is left.';
revoke execute on function role_takes_two(uuid, text) from public;

create or replace function appointment_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not role_takes_two(new.school_id, new.role) then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if new.starts_at = old.starts_at and new.ends_at is not distinct from old.ends_at then
      return new;
    end if;
  end if;
  update team_change set applied_at = coalesce(decided_at, proposed_at) where school_id = new.school_id and appointment_id = new.id and adult_id = new.adult_id
    and role = new.role and starts_at = new.starts_at and ends_at is not distinct from new.ends_at and applied_at is null and state in ('agreed', 'to-review', 'given-back');
  if not found then
    raise exception 'a change of the safeguarding team takes two people' using errcode = '42501';
  end if;
  return new;
end $$;
