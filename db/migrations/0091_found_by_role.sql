-- Recording a concern asks who holds the roles on its route: looked up by role, and not among everybody's appointments.
create index appointment_by_role on appointment (school_id, role);
