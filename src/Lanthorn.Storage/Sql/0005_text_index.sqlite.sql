-- What a transaction of an import brings is gathered in memory before it becomes a segment of the text index: with the
-- usual 1 MiB an import of many records spends a third more time on the index, most of it on merging small segments.
insert into search_text (search_text, rank) values ('hashsize', 8388608);
