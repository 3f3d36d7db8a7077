-- A worry for an adult of the community: somebody whom it is for, who is neither a child nor said to have harmed.
alter table concern_adult drop constraint concern_adult_involvement_check,
  add constraint concern_adult_involvement_check check (involvement in ('alleged', 'at-risk', 'witness', 'told', 'present'));
comment on table concern_adult is 'Adults in a concern: said to have harmed, at risk themselves, witness, there at the time, or told by voice and when. An adult of the school who is said to have harmed or is at risk is excluded, and their relatives here.';

create or replace function concerns_of_adult_exclude(p_named uuid, p_adults uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_concern uuid;
begin
  if v_school is null then
    raise exception 'no scope';
  end if;
  for v_concern in select concern_id from concern_adult where school_id = v_school and adult_id = p_named and involvement in ('alleged', 'at-risk') loop
    perform concern_exclude(v_concern, p_adults);
  end loop;
end $$;
comment on function concerns_of_adult_exclude is 'A tie between adults became known: the relative is outside what names the other as having harmed, or as being at risk.';
