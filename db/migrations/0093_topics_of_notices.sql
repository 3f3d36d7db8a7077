-- Topics of notices are the product's; new ones need no change here.
alter table notice drop constraint notice_topic_check;
alter table notice add constraint notice_topic_check check (topic ~ '^[a-z]+(-[a-z]+)*$');
