-- Demonstration accounts cannot exist beside real data: every school and every account repeats what the one row of
-- `installation` says, and a foreign key holds them to it. No program, fault or hurry can mix the two.

alter table installation add column holds_demonstration boolean not null generated always as (kind = 'demonstration') stored;
alter table installation add constraint installation_holds_demonstration unique (holds_demonstration);
comment on column installation.holds_demonstration is 'Repeats kind, so that school.demonstration and account.demonstration can point at it.';

alter table school add constraint school_as_installation foreign key (demonstration) references installation (holds_demonstration);
alter table account add constraint account_as_installation foreign key (demonstration) references installation (holds_demonstration);
