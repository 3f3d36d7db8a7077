-- Linked policies had a table and nothing that wrote or read it. What nobody can use is no promise kept: it goes, and comes back
-- with the commands and the page that fill it. No command ever wrote a row.
drop table linked_document;
