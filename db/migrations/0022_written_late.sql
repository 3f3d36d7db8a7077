-- A record that is written on a later day than its policy allows says why.

alter table concern add late_reason text;
comment on column concern.late_reason is 'Why it was written on a later day than the policy allows; null where it was written in time.';
