-- What is attached is looked at by a scanner for harmful software. Its content leaves the database only when that found nothing, or where
-- there is no scanner and whoever runs Holdfast has said that files are opened all the same.

alter table installation add column opens_unscanned boolean not null default false;
comment on column installation.opens_unscanned is 'There is no scanner, and whoever runs Holdfast has said that attachments are opened all the same. Set at each start; no login that answers requests changes it.';

alter table attachment add column scan_state text not null default 'pending' check (scan_state in ('pending', 'clean', 'refused', 'absent'));
alter table attachment add column scanned_at timestamptz;
alter table attachment add column scan_tried_at timestamptz;
alter table attachment add column scan_says text check (scan_says <> '');
alter table attachment add constraint attachment_scanned check ((scanned_at is not null) = (scan_state in ('clean', 'refused')));
comment on column attachment.scan_state is 'What the scanner found: pending (it has not answered yet), clean, refused (harmful: kept as evidence and never opened), absent (there is no scanner).';
comment on column attachment.scan_says is 'The scanner''s name for what it found; while it is pending, why it is so still.';
create index attachment_to_scan on attachment (school_id, scan_tried_at) where scan_state in ('pending', 'absent');

create function attachment_opens(p_state text) returns boolean language sql stable parallel safe as
  $$ select p_state = 'clean' or (p_state = 'absent' and coalesce((select opens_unscanned from installation), false)) $$;
comment on function attachment_opens is 'Is something in this state opened to whoever may read it?';

-- Nobody says of their own file that it is clean.
drop policy attachment_insert on attachment;
create policy attachment_insert on attachment for insert with check (school_id = scope_school() and scan_state = 'pending' and scanned_at is null and scan_says is null);

-- The content comes from the function alone: to whom the row is shown, in a state in which it is opened.
do $$
declare v_shown text; v_columns text;
begin
  select string_agg(format('(%s)', qual), ' or ') into v_shown from pg_policies where schemaname = 'public' and tablename = 'attachment' and cmd = 'SELECT';
  execute format($f$
    create function attachment_content(p_concern uuid, p_id uuid) returns bytea language sql stable security definer set search_path = public, pg_temp as $b$
      select sealed from attachment where school_id = scope_school() and concern_id = p_concern and id = p_id and attachment_opens(scan_state) and (%s)
    $b$ $f$, v_shown);
  select string_agg(quote_ident(attname), ', ') into v_columns from pg_attribute
    where attrelid = 'attachment'::regclass and attnum > 0 and not attisdropped and attname <> 'sealed';
  revoke select on attachment from holdfast_app;
  execute format('grant select (%s) on attachment to holdfast_app', v_columns);
end $$;
comment on function attachment_content is 'What is attached, sealed; null where it is not opened, or not to whoever asks.';

create function attachment_scan_take(p_now timestamptz) returns table (id uuid, concern_id uuid, sealed bytea)
  language sql volatile security definer set search_path = public, pg_temp as $$
  update attachment t set scan_tried_at = p_now where scope_is_worker() and t.school_id = scope_school() and t.id = (
    select n.id from attachment n where n.school_id = scope_school() and n.scan_state in ('pending', 'absent') and n.scan_tried_at is distinct from p_now
    order by n.scan_tried_at nulls first, n.added_at, n.id limit 1 for update skip locked)
  returning t.id, t.concern_id, t.sealed
$$;
comment on function attachment_scan_take is 'The next attachment that waits for the scanner, once in one round; to background work alone.';

create function attachment_scan_set(p_id uuid, p_state text, p_says text, p_now timestamptz) returns table (concern_id uuid, added_by uuid, told uuid[])
  language sql volatile security definer set search_path = public, pg_temp as $$
  with done as (update attachment t set scan_state = p_state, scan_says = p_says, scanned_at = case when p_state in ('clean', 'refused') then p_now end
    where scope_is_worker() and t.school_id = scope_school() and t.id = p_id and t.scan_state in ('pending', 'absent')
      and (t.scan_state, t.scan_says) is distinct from (p_state, p_says) returning t.concern_id, t.added_by, t.scan_state)
  select d.concern_id, d.added_by, array(
      select a.adult_id from alert a where a.school_id = scope_school() and a.concern_id = d.concern_id
        and a.kind in ('told', 'urgent', 'passed-on', 'handed-over', 'second-alert') and not (a.adult_id = any (c.excluded)) and a.adult_id is distinct from d.added_by
      union select c.owner_id where c.owner_id is not null and not (c.owner_id = any (c.excluded)) and c.owner_id is distinct from d.added_by)
  from done d join concern c on c.school_id = scope_school() and c.id = d.concern_id where d.scan_state <> 'pending'
$$;
comment on function attachment_scan_set is 'Keeps what the scanner said, or why it said nothing; gives who attached it and who has been told of the concern where it is settled.';

create function attachments_unscanned() returns integer language sql volatile security definer set search_path = public, pg_temp as $$
  with done as (update attachment set scan_state = 'absent', scan_says = null where scope_is_worker() and school_id = scope_school() and scan_state = 'pending' returning 1)
  select count(*)::integer from done
$$;
comment on function attachments_unscanned is 'There is no scanner: says so of whatever waits for one.';

revoke execute on function attachment_opens(text), attachment_content(uuid, uuid), attachment_scan_take(timestamptz), attachment_scan_set(uuid, text, text, timestamptz), attachments_unscanned() from public;
grant execute on function attachment_opens(text), attachment_content(uuid, uuid), attachment_scan_take(timestamptz), attachment_scan_set(uuid, text, text, timestamptz), attachments_unscanned() to holdfast_app;

do $$
declare v_check text;
begin
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'notice'::regclass and conname = 'notice_topic_check';
  alter table notice drop constraint notice_topic_check;
  execute 'alter table notice add constraint notice_topic_check ' || replace(v_check, 'ARRAY[', $topics$ARRAY['attachment'::text, $topics$);
end $$;
