-- When a missing answer is asked for, by when a stage of taking it further is answered, what is done next; how urgent a referral is,
-- the way it goes, since when the need is known, what went with it; a referral that a decision opened.

alter table referral add column chase_at timestamptz, add column answer_due_on date, add column urgent boolean, add column channel text,
  add column needed_on date, add column attached text, add column opened_by_rule text;
comment on column referral.chase_at is 'When the answer is asked for, unless it comes before; each time that somebody asked sets it anew.';
comment on column referral.answer_due_on is 'By when the stage to which it was taken is answered.';
comment on column referral.channel is 'The way it goes, where the authority has several: an id of the policy.';
comment on column referral.needed_on is 'Since when it was agreed that help from outside is needed.';
comment on column referral.attached is 'The assessment that goes with it.';
comment on column referral.opened_by_rule is 'The rule by which a decision to refer opened it; nobody has filled it in while the consent is "to-ask".';
create index referral_to_chase on referral (school_id, chase_at) where chase_at is not null;

alter table referral_event add column place_risks text, add column attached text;
comment on column referral_event.place_risks is 'Risks outside the home that the written referral names; "none known" is an answer.';
comment on column referral_event.attached is 'The assessments that went with the written referral, or that none is held.';

alter table referral drop constraint referral_consent_check,
  add constraint referral_consent_check check (consent in ('given', 'refused', 'not-sought', 'to-ask') and (consent <> 'to-ask' or opened_by_rule is not null));

alter table action add column referral_id uuid, add column asks text check (asks in ('chase', 'next-stage')),
  add constraint action_of_referral foreign key (school_id, referral_id) references referral (school_id, id),
  add constraint action_asks_of_referral check ((asks is null) = (referral_id is null));
comment on column action.asks is 'Of a referral: its answer is asked for, or it is taken to the next stage. Done by recording that step, and by nothing else.';
create unique index action_open_of_referral on action (school_id, referral_id, asks) where done_at is null and referral_id is not null;

grant update (chase_at, answer_due_on, urgent, channel, needed_on, attached, authority, destination, destination_contact, consent, consent_says) on referral to holdfast_app;

create function referral_stays() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.consent <> 'to-ask' and (new.authority, new.destination, new.destination_contact, new.consent, new.consent_says, new.urgent, new.channel, new.needed_on, new.attached)
    is distinct from (old.authority, old.destination, old.destination_contact, old.consent, old.consent_says, old.urgent, old.channel, old.needed_on, old.attached) then
    raise exception 'what somebody has filled in of a referral stays as it is' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger referral_stays before update on referral for each row execute function referral_stays();

do $$
declare
  v_check text;
begin
  -- Told that a time is near.
  select pg_get_constraintdef(oid) into v_check from pg_constraint where conrelid = 'alert'::regclass and conname = 'alert_kind_check';
  alter table alert drop constraint alert_kind_check;
  execute 'alter table alert add constraint alert_kind_check ' || replace(v_check, 'ARRAY[', $kinds$ARRAY['clock-near'::text, $kinds$);
end $$;
