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
    edition text
) without rowid;

create table import (
    id integer primary key,
    source text not null references source (code),
    account text not null,
    organisation text not null,
    started_at text not null,
    finished_at text,
    state text not null,
    is_complete integer not null,
    files text not null,
    new_records integer not null default 0,
    changed_records integer not null default 0,
    unchanged_records integer not null default 0,
    ended_records integer not null default 0
);

-- The ordinal is what indexes in memory hold; it never shows and never decides an order.
create table record (
    ordinal integer primary key,
    id blob not null unique,
    source text not null,
    external_id text not null,
    public_id text not null,
    schema text not null,
    label_id integer not null references label (id),
    version integer not null,
    content_hash blob not null,
    published_at text,
    listed_from text not null,
    listed_to text,
    changed_at text not null,
    category integer not null,
    review_by text,
    countries text not null default '',
    topics text not null default ''
);
create index record_public_id on record (public_id);
create index record_source on record (source, label_id) where listed_to is null;

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

-- From edge schemata (kind is the schema) and from entity-typed properties of the others (kind is the property).
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
    ordinal integer not null,
    property text not null,
    primary key (key, ordinal, property)
) without rowid;
create index pivot_ordinal on pivot (ordinal);

create virtual table record_text using fts5 (names, others, tokenize = 'trigram', content = '', contentless_delete = 1);

-- The trigram index finds nothing shorter than three characters: short names and pairs of ideographs stand here.
create table short_text (
    key text not null,
    ordinal integer not null,
    primary key (key, ordinal)
) without rowid;
create index short_text_ordinal on short_text (ordinal);

create table judgement (
    sequence integer primary key autoincrement,
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

-- Written in the same transaction as what it tells of.
create table change (
    sequence integer primary key autoincrement,
    kind text not null,
    ordinal integer not null
);

create table audit_entry (
    chain integer not null,
    sequence integer not null,
    at text not null,
    body text not null,
    hash blob not null,
    primary key (chain, sequence)
) without rowid;

create table audit_seal (
    id integer primary key,
    at text not null,
    heads text not null,
    hash blob not null
);
