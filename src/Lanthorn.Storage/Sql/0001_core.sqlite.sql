create table label (
    id integer primary key,
    text text not null unique
);

create table source (
    code text primary key,
    title text not null,
    publisher text not null default '',
    address text not null default '',
    licence text not null default '',
    format text not null default '',
    edition text,
    as_of text
) without rowid;

-- The id is made from the time, never counted: a number in sequence would tell how many imports of others there were.
create table import (
    id integer primary key,
    source text not null references source (code),
    label_id integer not null references label (id),
    account text not null,
    organisation text not null,
    started_at text not null,
    finished_at text,
    state text not null,
    note text not null default '',
    is_complete integer not null,
    files text not null,
    new_records integer not null default 0,
    changed_records integer not null default 0,
    unchanged_records integer not null default 0,
    ended_records integer not null default 0,
    repeated_records integer not null default 0,
    kept_out_records integer not null default 0
);
create index import_source on import (source, id);

-- The ordinal is what indexes in memory hold; it never shows and never decides an order. The rank does: it is the
-- beginning of the keyed id, the same whatever came in before it. An ordinal is never given again, since an index in memory
-- may still hold it when its record is erased.
create table record (
    ordinal integer primary key autoincrement,
    rank integer not null,
    id blob not null unique,
    source text not null references source (code),
    external_id text not null,
    public_id text not null,
    label_id integer not null references label (id),
    version integer not null,
    content_hash blob not null,
    listed_from text not null,
    listed_to text,
    changed_at text not null,
    category integer not null,
    review_by text
);
create index record_public_id on record (public_id);
create index record_source on record (source, label_id, changed_at) where listed_to is null;

create table record_version (
    ordinal integer not null,
    version integer not null,
    schema text not null,
    properties text not null,
    evaluation text not null,
    handling integer not null,
    legal_basis text,
    published_at text,
    import_id integer not null,
    ingested_at text not null,
    primary key (ordinal, version)
) without rowid;

-- While a record was off its list, and came back later.
create table absence (
    ordinal integer not null,
    left_at text not null,
    back_at text not null,
    primary key (ordinal, left_at)
) without rowid;

-- How many records are live, by source and label: counting a million rows for a catalogue would take too long.
create table live_count (
    source text not null,
    label_id integer not null,
    records integer not null,
    primary key (source, label_id)
) without rowid;

-- What was erased, so that no later import brings it back: the id is a keyed hash.
create table tombstone (
    id blob primary key,
    erased_at text not null,
    reason text not null
) without rowid;

-- From edge schemata (kind is the schema) and from entity-typed properties of the others (kind is the property). The ends
-- are public ids, found when they are read, since either may come later than the edge. Its label is its record's.
create table edge (
    from_id text not null,
    to_id text not null,
    kind text not null,
    starts text,
    ends text,
    ordinal integer not null
);
create index edge_from on edge (from_id);
create index edge_to on edge (to_id);
create index edge_ordinal on edge (ordinal);

-- Where equal identifiers meet: the key is a keyed hash, so that the table cannot be read as a list of telephone numbers.
create table pivot (
    key blob not null,
    rank integer not null,
    ordinal integer not null,
    property text not null,
    primary key (key, rank, ordinal, property)
) without rowid;
create index pivot_ordinal on pivot (ordinal);

-- What a text search asks of a record, in the order of ranks, so that it may stop at its limit and still have found the
-- same as in a store without the records that are hidden. Names and others are folded.
create table search_row (
    rank integer primary key,
    ordinal integer not null,
    label_id integer not null,
    live integer not null,
    public_id text not null,
    source text not null,
    schema text not null,
    countries text not null,
    topics text not null,
    changed_at text not null,
    names text not null,
    others text not null
);
create index search_row_label on search_row (label_id, rank);

create virtual table search_text using fts5 (
    names,
    others,
    tokenize = 'trigram case_sensitive 1',
    content = 'search_row',
    content_rowid = 'rank',
    columnsize = 0,
    detail = none
);
insert into search_text (search_text, rank) values ('secure-delete', 1);

-- The trigram index finds nothing shorter than three characters: short words and pairs of ideographs stand here.
create table short_text (
    key text not null,
    rank integer not null,
    primary key (key, rank)
) without rowid;
create index short_text_rank on short_text (rank);

-- The sequence is made from the time and only grows.
create table judgement (
    sequence integer primary key,
    left_id blob not null,
    right_id blob not null,
    verdict integer not null,
    authority integer not null,
    decided_by text not null,
    score real,
    decided_at text not null,
    reason text not null,
    label_id integer not null references label (id)
);
create index judgement_left on judgement (left_id);
create index judgement_right on judgement (right_id);

-- Written in the same transaction as what it tells of: a row for each kind of change in a transaction, with the ordinals
-- as four bytes each, the lowest first.
create table change (
    sequence integer primary key autoincrement,
    kind integer not null,
    ordinals blob not null
);

-- The id is the order in which entries of all chains were committed.
create table audit_entry (
    id integer primary key,
    chain integer not null,
    sequence integer not null,
    at text not null,
    body text not null,
    versions blob not null,
    hash blob not null
);
create unique index audit_entry_chain on audit_entry (chain, sequence);

-- The heads of the chains that grew since the seal before, and the last entry that it covers.
create table audit_seal (
    id integer primary key,
    at text not null,
    covers integer not null,
    heads text not null,
    hash blob not null
);

-- The same bytes may have come in under several labels.
create table blob (
    hash blob not null,
    label_id integer not null references label (id),
    length integer not null,
    media_type text not null,
    added_at text not null,
    primary key (hash, label_id)
) without rowid;
