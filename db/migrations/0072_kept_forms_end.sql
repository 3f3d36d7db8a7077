-- A form that was kept when its session had ended waits for its writer, and not for ever: it may hold what is said of a child.

create function kept_forms_forget(p_before timestamptz) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_count integer;
begin
  delete from kept_form where kept_at < p_before;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
comment on function kept_forms_forget is 'For background work: forgets forms that nobody has come back for since that moment. Says how many.';
create index kept_form_by_time on kept_form (kept_at);
grant execute on function kept_forms_forget(timestamptz) to holdfast_app;
