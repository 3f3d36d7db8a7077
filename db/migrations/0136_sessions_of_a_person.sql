-- Whoever keeps accounts sees how many sessions somebody has here, and ends them all at once. Not where they looked.

create function adult_sessions(p_adult uuid, p_now timestamptz, p_idle interval) returns integer language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not (scope_opens_files() or scope_holds('{system-administrator,human-resources,headteacher}')) then
    return null;
  end if;
  return (select count(*) from session s join adult a on a.account_id = s.account_id where a.school_id = scope_school() and a.id = p_adult
    and s.school_id = a.school_id and s.ended_at is null and s.expires_at > p_now and s.last_seen_at + p_idle > p_now);
end $$;
comment on function adult_sessions is 'How many sessions an adult has open at this school. What they have open at another is that school''s; null for whoever keeps no accounts.';

create function adult_sessions_end(p_adult uuid, p_now timestamptz, p_idle interval) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_account uuid;
  v_open integer := adult_sessions(p_adult, p_now, p_idle);
begin
  if v_open is null then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  select account_id into v_account from adult where school_id = scope_school() and id = p_adult;
  -- Those at another school too: whoever holds one of them could choose this school. Only one that a provider keeps there could not.
  update session set ended_at = p_now where account_id = v_account and ended_at is null and (provider_school_id is null or provider_school_id = scope_school());
  return v_open;
end $$;
comment on function adult_sessions_end is 'Ends every session of an adult that is at this school or could come to it, and says how many were at this school.';

create function account_address(p_adult uuid) returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if scope_school() is null or not scope_is_worker() then
    raise exception 'not permitted' using errcode = '42501';
  end if;
  return (select c.email from adult a join account c on c.id = a.account_id and c.disabled_at is null where a.school_id = scope_school() and a.id = p_adult);
end $$;
comment on function account_address is 'For background work: where to tell somebody of this school what happened to their account.';

grant execute on function adult_sessions(uuid, timestamptz, interval), adult_sessions_end(uuid, timestamptz, interval), account_address(uuid) to holdfast_app;
