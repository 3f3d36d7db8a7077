-- That nobody holds the post of DSL is a matter of the team itself, and told as one.

alter table notice drop constraint notice_topic_check;
alter table notice add constraint notice_topic_check check (topic in ('cover', 'mailbox', 'activity', 'lead-post'));
create index notice_by_topic on notice (school_id, topic, told_at);
