-- Everybody's page of their own actions must not look through those of a whole school.
create index action_by_owner on action (school_id, owner_id);
