-- Where the records begin that an import can have made; absent for imports from before an import could be undone.
alter table import add column first_ordinal integer;
-- One record that a person entered or corrected; the note is his reason.
alter table import add column by_hand integer not null default 0;
-- What was said of the source before, as JSON.
alter table import add column source_before text;

-- How a record was before an import touched it. A record that an import made has no row.
create table import_touch (
    import_id integer not null,
    ordinal integer not null,
    version integer not null,
    content_hash blob not null,
    public_id text not null,
    label_id integer not null,
    listed_to text,
    changed_at text not null,
    category integer not null,
    primary key (import_id, ordinal)
) without rowid;
create index import_touch_ordinal on import_touch (ordinal);

-- Versions whose import was undone. Nothing reads them but the history of judgements; the log may name them. The hash is
-- there for the version that was the last one.
create table withdrawn_version (
    id blob not null,
    version integer not null,
    label_id integer not null references label (id),
    content_hash blob,
    source text not null,
    external_id text not null,
    public_id text not null,
    schema text not null,
    properties text not null,
    evaluation text not null,
    handling integer not null,
    legal_basis text,
    published_at text,
    import_id integer not null,
    ingested_at text not null,
    withdrawn_at text not null,
    primary key (id, version)
) without rowid;
