-- What the database itself refuses, with every check of the program left out (test/guards/database-refuses.pg.test.ts):
-- writing is bounded as seeing is. The roles held now join the scope, because who keeps people is a matter of role.

create function scope_holds(p_roles text[]) returns boolean language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('app.roles', true), '')::text[] && p_roles, false) $$;
comment on function scope_holds is 'Whether whoever acts in this transaction holds one of these roles now.';
grant execute on function scope_holds(text[]) to holdfast_app;

do $$
begin
  execute replace(pg_get_functiondef('scope_clear()'::regprocedure), $from$set local app.administers = '';$from$,
    $to$set local app.administers = '';
  set local app.roles = '';$to$);
  execute replace(pg_get_functiondef('scope_enter(uuid, uuid, uuid, timestamptz)'::regprocedure), 'return v_roles;',
    $to$execute format('set local app.roles = %L', v_roles);
  return v_roles;$to$);
end $$;

-- People and their posts: seen by the whole school, because every concern is routed over them; written by those who keep them.
drop policy adult_school on adult;
create policy adult_read on adult for select using (school_id = scope_school());
create policy adult_add on adult for insert with check (school_id = scope_school() and scope_holds('{system-administrator,human-resources,headteacher}'));
create policy adult_change on adult for update using (school_id = scope_school() and scope_holds('{system-administrator,human-resources,headteacher}'));
drop policy appointment_school on appointment;
create policy appointment_read on appointment for select using (school_id = scope_school());
create policy appointment_add on appointment for insert with check (school_id = scope_school() and scope_holds('{system-administrator,headteacher}'));
create policy appointment_change on appointment for update using (school_id = scope_school() and scope_holds('{system-administrator,headteacher}'));
drop policy tie_school on tie;
create policy tie_read on tie for select using (school_id = scope_school());
create policy tie_add on tie for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{system-administrator,headteacher}')));
create policy tie_change on tie for update using (school_id = scope_school() and (scope_opens_files() or scope_holds('{system-administrator,headteacher}')));
drop policy cover_school on cover;
create policy cover_read on cover for select using (school_id = scope_school());
create policy cover_add on cover for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
create policy cover_remove on cover for delete using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
drop policy absence_school on absence;
create policy absence_read on absence for select using (school_id = scope_school());
create policy absence_add on absence for insert with check (school_id = scope_school() and (adult_id = scope_adult() or scope_opens_files() or scope_holds('{headteacher}')));
create policy absence_change on absence for update using (school_id = scope_school() and (adult_id = scope_adult() or scope_opens_files() or scope_holds('{headteacher}')));

-- Whoever records a concern may add a child who is not in the list; changing one is for those who keep the roll.
drop policy child_school on child;
create policy child_read on child for select using (school_id = scope_school());
create policy child_add on child for insert with check (school_id = scope_school());
create policy child_change on child for update using (school_id = scope_school() and (scope_opens_files() or scope_holds('{system-administrator,receptionist}'))
  and not scope_tied_to(id));
drop policy sibling_school on sibling;
create policy sibling_read on sibling for select using (school_id = scope_school());
create policy sibling_add on sibling for insert with check (school_id = scope_school() and (scope_opens_files() or scope_holds('{system-administrator,receptionist}')));
create policy sibling_remove on sibling for delete using (school_id = scope_school() and (scope_opens_files() or scope_holds('{system-administrator,receptionist}')));

-- A row keeps who and what it is of; only what happens to it changes.
revoke update on adult, appointment, tie, cover, absence, child_contact, child_address, child_status, draft, sign_in_try from holdfast_app;
grant update (name, kind, job_title, employer, email, phone) on adult to holdfast_app;
grant update (starts_at, ends_at) on appointment to holdfast_app;
grant update (ends_at) on tie, absence to holdfast_app;
grant update (name, relation, phone, email, priority, barred, barred_reason, ends_at) on child_contact to holdfast_app;
grant update (ends_on) on child_address to holdfast_app;
grant update (starts_on, ends_on, authority, worker_name, worker_phone) on child_status to holdfast_app;
grant update (sealed, version, saved_at) on draft to holdfast_app;
grant update (failures, failed_at) on sign_in_try to holdfast_app;

-- A session gets its school and its second factor from functions that check them; receipts and the outbox are written by functions too.
revoke update (school_id, second_factor_at) on session from holdfast_app;
revoke select on command_receipt from holdfast_app;
drop policy command_receipt_school on command_receipt;
revoke insert on outbox from holdfast_app;
drop policy outbox_insert on outbox;

-- Outside is outside for changing as for reading.
do $$
declare
  p record;
begin
  for p in select tablename, policyname, qual from pg_policies where schemaname = 'public'
    and policyname in ('clock_change', 'concern_child_change', 'referral_change', 'alert_change') loop
    execute format('alter policy %I on %I using ((%s) and (scope_is_worker() or not coalesce(scope_adult() = any (excluded), false)))',
      p.policyname, p.tablename, p.qual);
  end loop;
end $$;

-- The team's work is written by the team. Not by way of `excluded`: who shuts themselves out writes that row as well.
alter policy triage_team on triage with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));
alter policy decision_team on decision with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));
alter policy parent_contact_team on parent_contact with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));
alter policy closure_team on closure with check (school_id = scope_school() and (scope_opens_files() or scope_stands_in(concern_id)));
alter policy concern_move_team on concern_move with check (school_id = scope_school() and scope_opens_files());
alter policy child_contact_file on child_contact with check (school_id = scope_school() and (scope_opens_files() or scope_administers()) and not scope_tied_to(child_id));
alter policy child_address_file on child_address with check (school_id = scope_school() and (scope_opens_files() or scope_administers()) and not scope_tied_to(child_id));
alter policy child_status_file on child_status with check (school_id = scope_school() and scope_opens_files() and not scope_tied_to(child_id));
