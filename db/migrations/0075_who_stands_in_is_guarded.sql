-- Whoever the school's routes lead to is given a concern when the team does not answer: a way to read as good as a file's for that
-- one. Such a role is guarded like those that open files.

alter table school add column route_roles text[] not null default '{headteacher,deputy-headteacher,senior-leader,director-of-education,trust-safeguarding-lead}';
comment on column school.route_roles is 'Roles to which a concern may be passed in the safeguarding team''s place, from the school''s profile; kept here because the database asks it of appointments and invitations.';

create or replace function role_is_guarded(p_school uuid, p_role text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select p_role = 'headteacher' or p_role = any (file_roles) or p_role = any (route_roles) from school where id = p_school
$$;
comment on function role_is_guarded is 'Whether a role opens welfare files at this school, stands in for those who do, or appoints them.';
