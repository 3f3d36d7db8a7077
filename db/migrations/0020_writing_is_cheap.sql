-- What writing costs. Nothing here changes what is kept or who may see it.

-- Each of these rows hangs on a concern, a child or the school's own chain, or is written only in the scope of a school
-- that row-level security or a function compares. Asking for the school once more for every row locks the one row that
-- all writers of a school share.
alter table alert drop constraint alert_school_id_fkey;
alter table clock drop constraint clock_school_id_fkey;
alter table entry drop constraint entry_school_id_fkey;
alter table outbox drop constraint outbox_school_id_fkey;
alter table audit_entry drop constraint audit_entry_school_id_fkey;
alter table command_receipt drop constraint command_receipt_school_id_fkey;

-- Every page counts the reader's unseen alerts; the seen ones of many years must not be looked through for it.
create index alert_unseen on alert (school_id, adult_id) where seen_at is null;

create or replace function request_finish(p_audit_chain text, p_audit text[], p_outbox jsonb, p_key uuid, p_location text) returns bigint language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v_school uuid := scope_school();
  v_body text;
  v_from bigint;
  v_n bigint;
  v_hash bytea;
  v_hashes bytea[] := '{}';
begin
  if v_school is null then
    raise exception 'no scope: nothing can be finished';
  end if;
  if p_key is not null then
    update command_receipt set location = p_location where school_id = v_school and key = p_key;
  end if;
  if p_outbox is not null then
    insert into outbox (school_id, id, kind, at, adult_id, concern_id)
      select v_school, o.id, o.kind, o.at, o.adult_id, o.concern_id
      from jsonb_to_recordset(p_outbox) as o (id uuid, kind text, at timestamptz, adult_id uuid, concern_id uuid);
  end if;
  -- Last, so that the chain's head stays locked only from here to the commit.
  if cardinality(p_audit) > 0 then
    select n, hash into v_from, v_hash from audit_chain where school_id = v_school and chain = p_audit_chain for update;
    if v_from is null then
      raise exception 'the school has no % chain', p_audit_chain;
    end if;
    v_n := v_from;
    foreach v_body in array p_audit loop
      v_n := v_n + 1;
      v_hash := sha256(v_hash || int8send(v_n) || convert_to(v_body, 'UTF8'));
      v_hashes := v_hashes || v_hash;
    end loop;
    insert into audit_entry (school_id, chain, n, at, actor_id, action, subject_kind, subject_id, outcome, body, hash)
      select v_school, p_audit_chain, v_from + u.i, b.at, b.actor, b.action, b."subjectKind", b.subject, b.outcome, u.body, u.hash
      from unnest(p_audit, v_hashes) with ordinality as u (body, hash, i),
        jsonb_to_record(u.body::jsonb) as b (at timestamptz, actor uuid, action text, "subjectKind" text, subject uuid, outcome text);
    update audit_chain set n = v_n, hash = v_hash where school_id = v_school and chain = p_audit_chain;
  end if;
  return v_n;
end $$;
