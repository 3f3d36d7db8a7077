-- What recording a concern hangs on it is written by whoever reports it, in their own name, and by the team: nobody else can put
-- a question, a hold or themselves, as one whose account is awaited, onto a concern of which they know only the id.

create function scope_recorded(p_concern uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from concern where school_id = scope_school() and id = p_concern and
    case when scope_adult() is null then reporter_id is null and written_by is null
      else scope_adult() is not distinct from reporter_id or scope_adult() is not distinct from written_by end)
$$;
comment on function scope_recorded is 'Whether the person in scope reported this concern or wrote it down; without a person, whether a visitor did.';
revoke execute on function scope_recorded(uuid) from public;
grant execute on function scope_recorded(uuid) to holdfast_app;

alter policy awaited_account_insert on awaited_account with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)
  or (reporter_id is not distinct from scope_adult() and scope_recorded(concern_id))));
alter policy disclosure_time_insert on disclosure_time with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)
  or (reporter_id is not distinct from scope_adult() and scope_recorded(concern_id))));
alter policy parent_hold_insert on parent_hold with check (school_id = scope_school() and lifted_at is null and (scope_opens_files() or scope_stands_in(concern_id)
  or (reporter_id is not distinct from scope_adult() and scope_recorded(concern_id))));
alter policy explanation_insert on explanation with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)
  or (reporter_id is not distinct from scope_adult() and scope_recorded(concern_id))));
alter policy concern_source_insert on concern_source with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)
  or (reporter_id is not distinct from scope_adult() and scope_recorded(concern_id))));
