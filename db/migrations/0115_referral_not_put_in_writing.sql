-- A referral that was telephoned and has a time to be put in writing is concluded with the reason why nothing written is due.
alter table referral_event add column unwritten_because text check (unwritten_because <> '');
comment on column referral_event.unwritten_because is 'Concluded without a written referral although the policy has one made of a call: the reason why none is due.';
