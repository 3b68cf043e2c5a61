-- See the other file of this number for what the columns mean.
-- Where the records begin that an import can have made; absent for imports from before an import could be undone.
alter table import add column first_ordinal bigint;
-- One record that a person entered or corrected; the note is his reason.
alter table import add column by_hand bigint not null default 0;
-- What was said of the source before, as JSON.
alter table import add column source_before text collate "C";

-- How a record was before an import touched it. A record that an import made has no row.
create table import_touch (
    import_id bigint not null,
    ordinal bigint not null,
    version bigint not null,
    content_hash bytea not null,
    public_id text collate "C" not null,
    label_id bigint not null,
    listed_to text collate "C",
    changed_at text collate "C" not null,
    category bigint not null,
    primary key (import_id, ordinal)
);
create index import_touch_ordinal on import_touch (ordinal);

-- Versions whose import was undone. Nothing reads them but the history of judgements; the log may name them. The hash is
-- there for the version that was the last one.
create table withdrawn_version (
    id bytea not null,
    version bigint not null,
    label_id bigint not null references label (id),
    content_hash bytea,
    source text collate "C" not null,
    external_id text collate "C" not null,
    public_id text collate "C" not null,
    schema text collate "C" not null,
    properties text collate "C" not null,
    evaluation text collate "C" not null,
    handling bigint not null,
    legal_basis text collate "C",
    published_at text collate "C",
    import_id bigint not null,
    ingested_at text collate "C" not null,
    withdrawn_at text collate "C" not null,
    primary key (id, version)
);
