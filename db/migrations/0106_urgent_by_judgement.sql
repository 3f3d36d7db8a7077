-- A concern becomes urgent by how it is judged: a category for which the policy has every worry taken as urgent.
alter table concern add column urgent_raised_at timestamptz;
comment on column concern.urgent_raised_at is 'When triage made it urgent; null where whoever reported it, or what prompted it, had said so, and where nothing has.';
grant update (urgent, urgent_raised_at) on concern to holdfast_app;

create function concern_urgency_stays() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.urgent and not new.urgent then
    raise exception 'what was urgent stays urgent' using errcode = 'check_violation';
  end if;
  if new.urgent <> old.urgent and new.urgent_raised_at is null then
    raise exception 'what becomes urgent keeps when' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger concern_urgency_stays before update of urgent, urgent_raised_at on concern for each row execute function concern_urgency_stays();
