-- A browser chooses a concern's id, so that pressing twice records once. Where somebody else's concern has that id already, row-level
-- security hides it, and writing would fail: this says whether the id is free, the sender's own, or taken, and nothing else.

create function concern_id_standing(p_id uuid, p_words text[]) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when c.id is null then 'free'
    when scope_adult() in (c.reporter_id, c.written_by) then 'own'
    when scope_adult() is null and c.reporter_id is null and c.written_by is null
      and exists (select from concern_account a where a.school_id = c.school_id and a.concern_id = c.id and a.part = 1
        and array[a.child_words, a.seen, a.opinion, a.done] = p_words) then 'own'
    else 'taken' end
  from (select p_id as asked) q left join concern c on c.school_id = scope_school() and c.id = q.asked
$$;
comment on function concern_id_standing is 'Whether a concern can be recorded under this id: free, own (recorded already by the same sender; a visitor is known by the same words) or taken.';

-- The team moves a concern to the right child; whoever reported it is not shown to whom. What they add goes to the right file all the same.
create function own_concern_filed_under(p_concern uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  with recursive own as (
    select c.school_id, c.id from concern c where c.school_id = scope_school() and c.id = p_concern and scope_adult() in (c.reporter_id, c.written_by)
  ), way as (
    select k.child_id as typed, k.child_id as at, k.moved_to, 0 as step
      from own join concern_child k on k.school_id = own.school_id and k.concern_id = own.id
    union all
    select w.typed, k.child_id, k.moved_to, w.step + 1
      from way w join own on w.moved_to is not null and w.step < 50 join concern_child k on k.school_id = own.school_id and k.concern_id = own.id and k.child_id = w.moved_to
  )
  select coalesce(jsonb_object_agg(w.typed, jsonb_build_object('childId', w.at, 'homeAuthority', n.home_authority)), '{}')
  from way w join own on w.moved_to is null join child n on n.school_id = own.school_id and n.id = w.at
$$;
comment on function own_concern_filed_under is 'For whoever reported or wrote a concern: under which child it stands now, by the child whom they named. For the program, never for a page.';

grant execute on function concern_id_standing(uuid, text[]), own_concern_filed_under(uuid) to holdfast_app;
