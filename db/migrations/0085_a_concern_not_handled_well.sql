-- Whoever reported a concern about an adult, and feels that it was not handled well, gives it to those whom the policy names for that.

alter table conduct_case add column category text check (category in ('sexual-relationship', 'outside-work'));
comment on column conduct_case.category is 'What the law or the guidance judges by itself: a sexual relationship with a pupil is never low-level.';

alter table conduct_reader drop constraint conduct_reader_because_check;
alter table conduct_reader add constraint conduct_reader_because_check
  check (because in ('chain', 'shared', 'for-return', 'handed-over', 'taken-over', 'challenged'));
alter table conduct_alert drop constraint conduct_alert_kind_check;
alter table conduct_alert add constraint conduct_alert_kind_check
  check (kind in ('told', 'shared', 'handed-over', 'unanswered', 'overdue', 'challenged'));

create function conduct_challenge(p_case uuid, p_parts jsonb, p_now timestamptz) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_parts jsonb;
begin
  if not scope_reported_case(p_case) then
    return null;
  end if;
  -- Those outside the case are left out here, for whoever reported it may not know who they are.
  select jsonb_build_object(
      'readers', coalesce((select jsonb_agg(r) from jsonb_array_elements(p_parts -> 'readers') as r
        where r ->> 'because' = 'challenged' and not ((r ->> 'adult_id')::uuid = any (c.excluded))), '[]'),
      'alerts', coalesce((select jsonb_agg(a) from jsonb_array_elements(p_parts -> 'alerts') as a
        where a ->> 'kind' = 'challenged' and not ((a ->> 'adult_id')::uuid = any (c.excluded))), '[]'))
    into v_parts from conduct_case c where c.school_id = scope_school() and c.id = p_case;
  perform conduct_add(p_case, v_parts, p_now);
  return jsonb_array_length(v_parts -> 'readers');
end $$;
comment on function conduct_challenge is 'For whoever reported a case: gives it to those whom the policy names for a concern that was not handled well; how many they are, null where it is not theirs.';
revoke execute on function conduct_challenge(uuid, jsonb, timestamptz) from public;
grant execute on function conduct_challenge(uuid, jsonb, timestamptz) to holdfast_app;
