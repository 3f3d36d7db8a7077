-- A request for a record may be answered two months later than the month of statute, where whoever asked is told so, and why, within that month.

alter table record_request add column extended_at timestamptz, add column extended_by uuid, add column extended_because text check (extended_because <> ''),
  add constraint record_request_extension_is_whole check ((extended_at is null) = (extended_by is null) and (extended_at is null) = (extended_because is null)),
  add constraint record_request_extended_by_adult foreign key (school_id, extended_by) references adult (school_id, id);
comment on column record_request.extended_at is 'When whoever asked was told that it takes up to two months more.';

-- The notice is given once, before the answer.
create policy record_request_extend on record_request for update using (school_id = scope_school() and answered_at is null and extended_at is null
  and scope_opens_files() and not scope_tied_to(child_id))
  with check (school_id = scope_school() and answered_at is null and extended_by = scope_adult());
grant update (extended_at, extended_by, extended_because) on record_request to holdfast_app;
