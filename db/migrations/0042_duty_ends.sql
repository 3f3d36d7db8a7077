-- A duty that runs is ended, not removed: who was on duty when may be asked years later.

create policy cover_end on cover for update using (school_id = scope_school() and (scope_opens_files() or scope_holds('{headteacher}')));
grant update (ends_at) on cover to holdfast_app;
