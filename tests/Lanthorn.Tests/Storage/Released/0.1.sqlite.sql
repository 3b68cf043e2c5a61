-- The tables of Lanthorn 0.1, and some rows in each. Never changed.
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

-- What is true of the whole installation, by name.
create table installation (
    name text primary key,
    value blob not null
) without rowid;

-- Who may come in. Ids are random: a number in sequence would tell how many people others have. Times are Unix milliseconds.
CREATE TABLE gov_organisation (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;

-- A person without a password cannot sign in: so is the operator of the command line.
CREATE TABLE gov_person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    email TEXT UNIQUE COLLATE NOCASE,
    organisation TEXT NOT NULL REFERENCES gov_organisation (id),
    role TEXT NOT NULL,
    clearance INTEGER NOT NULL,
    password_hash TEXT,
    security_stamp TEXT NOT NULL,
    failed_count INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER,
    default_reason TEXT,
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

-- Only the hash of a token is kept: who reads this table cannot act as anybody. An empty scope is all that the person may.
CREATE TABLE gov_token (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES gov_person (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    default_reason TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_used_at INTEGER
) STRICT;

CREATE INDEX gov_token_by_person ON gov_token (person);

CREATE TABLE gov_compartment (
    name TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES gov_person (id),
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;

-- One row per import as its importer sees it. The id is made from the time, never counted: a number in sequence would
-- tell how many imports of others there were.
CREATE TABLE intake_imports (
    id TEXT PRIMARY KEY,
    vintage INTEGER,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    organisation TEXT NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    label TEXT NOT NULL,
    files TEXT NOT NULL,
    edition TEXT,
    complete INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    imported INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    failure TEXT,
    started_at TEXT NOT NULL,
    beat_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

CREATE INDEX intake_imports_by_organisation ON intake_imports (organisation, id);

-- Asked before each import: under which labels the source has records.
CREATE INDEX intake_imports_by_source ON intake_imports (source, label);

-- Rows and values that were refused. They may hold personal data: they are read under the label of their import.
CREATE TABLE intake_quarantine (
    import TEXT NOT NULL REFERENCES intake_imports (id),
    number INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    col INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    whole_row INTEGER NOT NULL,
    PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;

-- How much of the files was read, for whoever watches an import run.
ALTER TABLE intake_imports ADD COLUMN bytes_read INTEGER NOT NULL DEFAULT 0;
ALTER TABLE intake_imports ADD COLUMN bytes_total INTEGER NOT NULL DEFAULT 0;

create table migration (SchemaVersionID integer primary key autoincrement not null, ScriptName text not null, Applied datetime not null);
insert into "absence" ("ordinal", "left_at", "back_at") values (3, '2026-11-25T17:48:39.425Z', '2026-11-25T17:48:39.540Z');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (1, 1, 1, '2026-11-25T17:48:37.397Z', '{"account":"system","organisation":"local","roles":"","operation":2,"what":"organisation added: local","justification":"management of accounts"}', x'', x'7e0d9afedb409cd5738bc841898e8614a03e979cacf9c7330ac43bb5658b20f9');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (2, 1, 2, '2026-11-25T17:48:37.506Z', '{"account":"system","organisation":"local","roles":"","operation":2,"what":"account added: operator, operator","justification":"management of accounts"}', x'', x'ddc3c8c2a05acd28ef3ae9c342c0a9553b16230ecdf149a1c28decef1798140f');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (3, 1, 3, '2026-11-25T17:48:39.113Z', '{"account":"operator","organisation":"local","roles":"operator","operation":1,"what":"import 1795628917994 of rel written","justification":"operator at the console"}', x'099ab3c76fc2274f751c444a1c67192200000001', x'391a6671ecc26e0fde4288dedeb523f8421c3d946a5d2efccce30aa8f9c66a3c');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (4, 1, 4, '2026-11-25T17:48:39.131Z', '{"account":"operator","organisation":"local","roles":"operator","operation":1,"what":"import 1795628917994 of rel written","justification":"operator at the console"}', x'2052cf92038520b4c85c5bec2d7e2c25000000013496094290901d9da46366e6757d86b600000001378a8a5ea5b1cb7fc4592e581c6461310000000169ef9fe27aaf728167b507fe061cb95e0000000196eb46a26cad12b3d51771393edb99c500000001', x'93e5046ce04efe34677b8d7994badb0210c0f0adf64776dfc2f1a9371f7ed5a5');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (5, 1, 5, '2026-11-25T17:48:39.148Z', '{"account":"operator","organisation":"local","roles":"operator","operation":1,"what":"import 1795628917994 of rel stopped","justification":"operator at the console"}', x'', x'9808d65fe823520a3eab92f886849d5ffebbc99eb8341e829d0c365d97b6647d');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (6, 2, 1, '2026-11-25T17:48:39.426Z', '{"account":"operator","organisation":"local","roles":"operator","operation":2,"what":"import 1795628919359 of rel ended","justification":"operator at the console"}', x'3496094290901d9da46366e6757d86b600000001', x'528b03bccfb9b6b367b4538d978baaa4020c7ad52b1ef96ff9d6c99d7dc37846');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (7, 2, 2, '2026-11-25T17:48:39.434Z', '{"account":"operator","organisation":"local","roles":"operator","operation":1,"what":"import 1795628919359 of rel finished","justification":"operator at the console"}', x'', x'a0d5f33544eab6f9cd1c52c15d0f4d28b40550d85ae68ed7df58aaa58bd71670');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (8, 3, 1, '2026-11-25T17:48:39.548Z', '{"account":"operator","organisation":"local","roles":"operator","operation":1,"what":"import 1795628919527 of rel written","justification":"operator at the console"}', x'3496094290901d9da46366e6757d86b600000001', x'1b9f58dab38f83b9f94621967f63867a67031b5d1fdb07cd4e1bd3e1d7676014');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (9, 3, 2, '2026-11-25T17:48:39.558Z', '{"account":"operator","organisation":"local","roles":"operator","operation":1,"what":"import 1795628919527 of rel finished","justification":"operator at the console"}', x'', x'297f723403e65344a8faea252087ec40109595396c26da381c55045cc340578e');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (10, 4, 1, '2026-11-25T17:48:39.611Z', '{"account":"operator","organisation":"local","roles":"operator","operation":2,"what":"organisation added: alpha","justification":"management of accounts"}', x'', x'8e442799a65421bbdb31e4bb0de854584bac7221534c17a23f45da39d364a7e3');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (11, 5, 1, '2026-11-25T17:48:40.206Z', '{"account":"operator","organisation":"local","roles":"operator","operation":2,"what":"account added: ana, analyst","justification":"management of accounts"}', x'', x'171fbe5f3ada9b79536de5e0bf24d3111daafbeab7f5ddb0620d22399abc64c8');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (12, 6, 1, '2026-11-25T17:48:40.310Z', '{"account":"operator","organisation":"local","roles":"operator","operation":2,"what":"token made for ana: 1eaef31cbb4af4727b6c2365ddd14eb6","justification":"management of accounts"}', x'', x'c09a5f30a9b636e14b83d9c85f9e580bbb518c5d07fbeaa4de5a109712f92e3c');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (13, 7, 1, '2026-11-25T17:48:40.422Z', '{"account":"olu","organisation":"local","roles":"analyst lead","operation":5,"what":"judged Same","justification":"test"}', x'099ab3c76fc2274f751c444a1c6719220000000196eb46a26cad12b3d51771393edb99c500000001', x'46796f30876824949155689f9e1de8d8ea27ac1ec8bf23ce3ce3657c64c7fc8b');
insert into "audit_entry" ("id", "chain", "sequence", "at", "body", "versions", "hash") values (14, 7, 2, '2026-11-25T17:48:40.439Z', '{"account":"olu","organisation":"local","roles":"analyst lead","operation":6,"what":"record erased","justification":"request"}', x'2052cf92038520b4c85c5bec2d7e2c2500000001', x'af518808a2acf25e8b59a85f7f609a9314019310f93d73da7053f48105bd1280');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (1, '2026-11-25T17:48:39.250Z', 5, '{"1":"5:9808d65fe823520a3eab92f886849d5ffebbc99eb8341e829d0c365d97b6647d"}', x'30df1d6de85638fcc3e510345a905a6e215f2b47693d86540647ad4f9901a910');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (2, '2026-11-25T17:48:39.450Z', 7, '{"2":"2:a0d5f33544eab6f9cd1c52c15d0f4d28b40550d85ae68ed7df58aaa58bd71670"}', x'311b7c1033efdb3935165a6258191ef3a4ece3c8c0e4d956fd2ad58a57b5b9f6');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (3, '2026-11-25T17:48:39.566Z', 9, '{"3":"2:297f723403e65344a8faea252087ec40109595396c26da381c55045cc340578e"}', x'4ea043164de1e3f87efcdd0a42403dd55ea9d73009272955134f9fc0defb4ce8');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (4, '2026-11-25T17:48:39.626Z', 10, '{"4":"1:8e442799a65421bbdb31e4bb0de854584bac7221534c17a23f45da39d364a7e3"}', x'329f45abc762b063009bebc83e4f3a37ce0c82a0ea15b55e2b629fb289fcd50d');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (5, '2026-11-25T17:48:40.224Z', 11, '{"5":"1:171fbe5f3ada9b79536de5e0bf24d3111daafbeab7f5ddb0620d22399abc64c8"}', x'db848212fa6f8532353823e04c538672cb95c1ed4c4d3ea429faf07a02d4c3d8');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (6, '2026-11-25T17:48:40.323Z', 12, '{"6":"1:c09a5f30a9b636e14b83d9c85f9e580bbb518c5d07fbeaa4de5a109712f92e3c"}', x'a902eb8510239bb32789b107c955cb0589d90b823a74beac71ba13a97a560b43');
insert into "audit_seal" ("id", "at", "covers", "heads", "hash") values (7, '2026-11-25T17:48:40.447Z', 14, '{"7":"2:af518808a2acf25e8b59a85f7f609a9314019310f93d73da7053f48105bd1280"}', x'7ce640daf8cae62b43267ab6d6aa92e69ae56b5e3e8bc732e05bc10207378a0d');
insert into "change" ("sequence", "kind", "ordinals") values (1, 1, x'01000000');
insert into "change" ("sequence", "kind", "ordinals") values (2, 1, x'0200000003000000040000000500000006000000');
insert into "change" ("sequence", "kind", "ordinals") values (3, 3, x'03000000');
insert into "change" ("sequence", "kind", "ordinals") values (4, 2, x'03000000');
insert into "change" ("sequence", "kind", "ordinals") values (5, 4, x'0100000006000000');
insert into "change" ("sequence", "kind", "ordinals") values (6, 5, x'02000000');
insert into "edge" ("from_id", "to_id", "kind", "starts", "ends", "ordinal") values ('rel-1', 'rel-3', 'Ownership', '2020', null, 5);
insert into "gov_organisation" ("id", "name", "created_at") values ('9ba152986837e88856b44006dacbd73a', 'local', 1795628917394);
insert into "gov_organisation" ("id", "name", "created_at") values ('e28fad43a9d925bd933906cd6a730157', 'alpha', 1795628919611);
insert into "gov_person" ("id", "name", "email", "organisation", "role", "clearance", "password_hash", "security_stamp", "failed_count", "locked_until", "default_reason", "is_active", "created_at") values ('90f41fc269e42973a9b52b3bb81cf324', 'operator', null, '9ba152986837e88856b44006dacbd73a', 'operator', 3, null, 'dbb77ebba7e16043993475c60916421c', 0, null, 'operator at the console', 1, 1795628917493);
insert into "gov_person" ("id", "name", "email", "organisation", "role", "clearance", "password_hash", "security_stamp", "failed_count", "locked_until", "default_reason", "is_active", "created_at") values ('e14fd54338d41d59b636bdc6a746484d', 'ana', null, 'e28fad43a9d925bd933906cd6a730157', 'analyst', 3, 'AQAAAAIAAzRQAAAAEEOeFB+CQ9jDiMlEe1UNl9gCZD4OFhJrvCrGYdp5osaSaN+d+lpKCIJdMXBc6lSuPw==', '501e597ebce67b3c5a1f4b9349c8a095', 0, null, null, 1, 1795628920201);
insert into "gov_compartment" ("name", "person") values ('C', 'e14fd54338d41d59b636bdc6a746484d');
insert into "gov_token" ("id", "hash", "person", "name", "scope", "default_reason", "created_at", "expires_at", "revoked_at", "last_used_at") values ('1eaef31cbb4af4727b6c2365ddd14eb6', x'f50ba222308093d225a27329a1662952f2168e602d86660f0f14201a4cc4956a', 'e14fd54338d41d59b636bdc6a746484d', 'command line', '', null, 1795628920292, 1798220920292, null, null);
insert into "installation" ("name", "value") values ('key-check', x'21f2bea6739a5f5c2653deeecf330edae2e06b3409772a3bab0a267b7607dc18');
insert into "intake_imports" ("id", "vintage", "origin", "state", "organisation", "account", "source", "format", "label", "files", "edition", "complete", "read", "imported", "unchanged", "quarantined", "ended", "seconds", "note", "failure", "started_at", "beat_at", "finished_at", "bytes_read", "bytes_total") values ('01a213d2e416729ba090f19529c32d51', 1795628917994, 'command', 'finished', 'local', 'operator', 'rel', 'ftm', 'purpose=enforcement;org=local;tlp=amber', '["list.jsonl"]', null, 1, 6, 6, 0, 1, 0, 1.2449178, '1 rows were refused, so nothing was ended: mend them and import again.', null, '2026-11-25T17:48:37.961Z', '2026-11-25T17:48:39.206Z', '2026-11-25T17:48:39.206Z', 634, 634);
insert into "intake_imports" ("id", "vintage", "origin", "state", "organisation", "account", "source", "format", "label", "files", "edition", "complete", "read", "imported", "unchanged", "quarantined", "ended", "seconds", "note", "failure", "started_at", "beat_at", "finished_at", "bytes_read", "bytes_total") values ('01a213d2ea2f747884443a289faaec45', 1795628919359, 'command', 'finished', 'local', 'operator', 'rel', 'ftm', 'purpose=enforcement;org=local;tlp=amber', '["list.jsonl"]', null, 1, 5, 0, 5, 0, 1, 0.0793268, '', null, '2026-11-25T17:48:39.358Z', '2026-11-25T17:48:39.437Z', '2026-11-25T17:48:39.437Z', 492, 492);
insert into "intake_imports" ("id", "vintage", "origin", "state", "organisation", "account", "source", "format", "label", "files", "edition", "complete", "read", "imported", "unchanged", "quarantined", "ended", "seconds", "note", "failure", "started_at", "beat_at", "finished_at", "bytes_read", "bytes_total") values ('01a213d2ead47a0ab84367a6573ac569', 1795628919527, 'command', 'finished', 'local', 'operator', 'rel', 'ftm', 'purpose=enforcement;org=local;tlp=amber', '["list.jsonl"]', null, 1, 6, 1, 5, 0, 0, 0.0406283, '', null, '2026-11-25T17:48:39.520Z', '2026-11-25T17:48:39.561Z', '2026-11-25T17:48:39.561Z', 565, 565);
insert into "intake_quarantine" ("import", "number", "file", "line", "col", "field", "value", "reason", "whole_row") values ('01a213d2e416729ba090f19529c32d51', 1, 'list.jsonl', 7, 1, 'schema', 'Starship', 'no such schema in the FollowTheMoney model', 1);
insert into "label" ("id", "text") values (1, 'purpose=enforcement;org=local;tlp=amber');
insert into "label" ("id", "text") values (2, '');
insert into "blob" ("hash", "label_id", "length", "media_type", "added_at") values (x'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 2, 3, 'text/plain', '2026-11-25T17:48:40.361Z');
insert into "judgement" ("sequence", "left_id", "right_id", "verdict", "authority", "decided_by", "score", "decided_at", "reason", "label_id") values (1795628920407484, x'099ab3c76fc2274f751c444a1c671922', x'96eb46a26cad12b3d51771393edb99c5', 1, 2, 'ana', 0.9, '2026-11-25T17:48:40.407Z', 'same telephone', 1);
insert into "live_count" ("source", "label_id", "records") values ('rel', 1, 5);
insert into "pivot" ("key", "rank", "ordinal", "property") values (x'b696c79fb934bce47c3b6491d6ef9c3c', 10560045805506, 1, 'phone');
insert into "pivot" ("key", "rank", "ordinal", "property") values (x'b696c79fb934bce47c3b6491d6ef9c3c', 165937246530733, 6, 'phone');
insert into "record_version" ("ordinal", "version", "schema", "properties", "evaluation", "handling", "legal_basis", "published_at", "import_id", "ingested_at") values (1, 1, 'Person', '{"name":["Petrova Ana"],"notes":["It''s ''quoted''"],"phone":["+995551234567"]}', 'X4', 0, null, null, 1795628917994, '2026-11-25T17:48:39.044Z');
insert into "record_version" ("ordinal", "version", "schema", "properties", "evaluation", "handling", "legal_basis", "published_at", "import_id", "ingested_at") values (3, 1, 'Person', '{"name":["Gone and Back"]}', 'X4', 0, null, null, 1795628917994, '2026-11-25T17:48:39.126Z');
insert into "record_version" ("ordinal", "version", "schema", "properties", "evaluation", "handling", "legal_basis", "published_at", "import_id", "ingested_at") values (4, 1, 'Company', '{"name":["李明 Trading"]}', 'X4', 0, null, null, 1795628917994, '2026-11-25T17:48:39.126Z');
insert into "record_version" ("ordinal", "version", "schema", "properties", "evaluation", "handling", "legal_basis", "published_at", "import_id", "ingested_at") values (5, 1, 'Ownership', '{"asset":["rel-3"],"owner":["rel-1"],"startDate":["2020"]}', 'X4', 0, null, null, 1795628917994, '2026-11-25T17:48:39.126Z');
insert into "record_version" ("ordinal", "version", "schema", "properties", "evaluation", "handling", "legal_basis", "published_at", "import_id", "ingested_at") values (6, 1, 'Person', '{"country":["ge"],"name":["Ana Petrova"],"phone":["+995551234567"]}', 'X4', 0, null, null, 1795628917994, '2026-11-25T17:48:39.126Z');
insert into "search_row" ("rank", "ordinal", "label_id", "live", "public_id", "source", "schema", "countries", "topics", "changed_at", "names", "others") values (10560045805506, 1, 1, 1, 'rel-2', 'rel', 'Person', '', '', '2026-11-25T17:48:39.044Z', 'petrova ana', 'it''s ''quoted''
+995551234567
rel-2');
insert into "search_row" ("rank", "ordinal", "label_id", "live", "public_id", "source", "schema", "countries", "topics", "changed_at", "names", "others") values (57819005096080, 3, 1, 1, 'rel-6', 'rel', 'Person', '', '', '2026-11-25T17:48:39.540Z', 'gone and back', 'rel-6');
insert into "search_row" ("rank", "ordinal", "label_id", "live", "public_id", "source", "schema", "countries", "topics", "changed_at", "names", "others") values (61068166473137, 4, 1, 1, 'rel-3', 'rel', 'Company', '', '', '2026-11-25T17:48:39.126Z', '李明 trading', 'rel-3');
insert into "search_row" ("rank", "ordinal", "label_id", "live", "public_id", "source", "schema", "countries", "topics", "changed_at", "names", "others") values (116477900520111, 5, 1, 1, 'rel-4', 'rel', 'Ownership', '', '', '2026-11-25T17:48:39.126Z', '', 'rel-4');
insert into "search_row" ("rank", "ordinal", "label_id", "live", "public_id", "source", "schema", "countries", "topics", "changed_at", "names", "others") values (165937246530733, 6, 1, 1, 'rel-1', 'rel', 'Person', 'ge', '', '2026-11-25T17:48:39.126Z', 'ana petrova', '+995551234567
rel-1');
insert into "short_text" ("key", "rank") values ('明', 61068166473137);
insert into "short_text" ("key", "rank") values ('李', 61068166473137);
insert into "short_text" ("key", "rank") values ('李明', 61068166473137);
insert into "source" ("code", "title", "publisher", "address", "licence", "format", "edition", "as_of") values ('rel', 'rel', '', '', '', '', null, null);
insert into "import" ("id", "source", "label_id", "account", "organisation", "started_at", "finished_at", "state", "note", "is_complete", "files", "new_records", "changed_records", "unchanged_records", "ended_records", "repeated_records", "kept_out_records") values (1795628917994, 'rel', 1, 'operator', 'local', '2026-11-25T17:48:37.994Z', '2026-11-25T17:48:39.143Z', 'stopped', 'rows were refused, nothing was ended', 1, '[{"Name":"list.jsonl","Sha256":"40e7f026d29e600e4cecab05b1cef81ae76f379cbb10cff77be23a1491528299"}]', 6, 0, 0, 0, 0, 0);
insert into "import" ("id", "source", "label_id", "account", "organisation", "started_at", "finished_at", "state", "note", "is_complete", "files", "new_records", "changed_records", "unchanged_records", "ended_records", "repeated_records", "kept_out_records") values (1795628919359, 'rel', 1, 'operator', 'local', '2026-11-25T17:48:39.359Z', '2026-11-25T17:48:39.434Z', 'finished', '', 1, '[{"Name":"list.jsonl","Sha256":"e9abffe0dd27c555edffb1d5397538bc4057021df592744803f7a3636ba00be8"}]', 0, 0, 5, 1, 0, 0);
insert into "import" ("id", "source", "label_id", "account", "organisation", "started_at", "finished_at", "state", "note", "is_complete", "files", "new_records", "changed_records", "unchanged_records", "ended_records", "repeated_records", "kept_out_records") values (1795628919527, 'rel', 1, 'operator', 'local', '2026-11-25T17:48:39.527Z', '2026-11-25T17:48:39.558Z', 'finished', '', 1, '[{"Name":"list.jsonl","Sha256":"4ade76e641b1eef2c98feefd0948c561a036bdb5a6f3fd3f1208347db88250c9"}]', 0, 1, 5, 0, 0, 0);
insert into "record" ("ordinal", "rank", "id", "source", "external_id", "public_id", "label_id", "version", "content_hash", "listed_from", "listed_to", "changed_at", "category", "review_by") values (1, 10560045805506, x'099ab3c76fc2274f751c444a1c671922', 'rel', 'rel-2', 'rel-2', 1, 1, x'ef460779682f8bfbeba28008988d0367', '2026-11-25T17:48:39.044Z', null, '2026-11-25T17:48:39.044Z', 0, null);
insert into "record" ("ordinal", "rank", "id", "source", "external_id", "public_id", "label_id", "version", "content_hash", "listed_from", "listed_to", "changed_at", "category", "review_by") values (3, 57819005096080, x'3496094290901d9da46366e6757d86b6', 'rel', 'rel-6', 'rel-6', 1, 1, x'493737cbb9f6a2dcb71882131ad257e8', '2026-11-25T17:48:39.126Z', null, '2026-11-25T17:48:39.540Z', 0, null);
insert into "record" ("ordinal", "rank", "id", "source", "external_id", "public_id", "label_id", "version", "content_hash", "listed_from", "listed_to", "changed_at", "category", "review_by") values (4, 61068166473137, x'378a8a5ea5b1cb7fc4592e581c646131', 'rel', 'rel-3', 'rel-3', 1, 1, x'7a3ac493cff1d59ffe202dbb8f6c050b', '2026-11-25T17:48:39.126Z', null, '2026-11-25T17:48:39.126Z', 0, null);
insert into "record" ("ordinal", "rank", "id", "source", "external_id", "public_id", "label_id", "version", "content_hash", "listed_from", "listed_to", "changed_at", "category", "review_by") values (5, 116477900520111, x'69ef9fe27aaf728167b507fe061cb95e', 'rel', 'rel-4', 'rel-4', 1, 1, x'076c77f21664873ad52f693ebca4fdec', '2026-11-25T17:48:39.126Z', null, '2026-11-25T17:48:39.126Z', 0, null);
insert into "record" ("ordinal", "rank", "id", "source", "external_id", "public_id", "label_id", "version", "content_hash", "listed_from", "listed_to", "changed_at", "category", "review_by") values (6, 165937246530733, x'96eb46a26cad12b3d51771393edb99c5', 'rel', 'rel-1', 'rel-1', 1, 1, x'd357d093dd38390d79d3e22a47d48e7c', '2026-11-25T17:48:39.126Z', null, '2026-11-25T17:48:39.126Z', 0, null);
insert into "tombstone" ("id", "erased_at", "reason") values (x'2052cf92038520b4c85c5bec2d7e2c25', '2026-11-25T17:48:40.427Z', 'request');
insert into "migration" ("ScriptName", "Applied") values ('Lanthorn.Storage.Sql.0001_core.sqlite.sql', '2026-11-25 17:48:37.2451677');
insert into "migration" ("ScriptName", "Applied") values ('Lanthorn.Storage.Sql.0002_installation.sqlite.sql', '2026-11-25 17:48:37.2494507');
insert into "migration" ("ScriptName", "Applied") values ('Lanthorn.Governance.Sql.0001_people.sqlite.sql', '2026-11-25 17:48:37.2501994');
insert into "migration" ("ScriptName", "Applied") values ('Lanthorn.Intake.Sql.0001_imports.sqlite.sql', '2026-11-25 17:48:37.2507322');
insert into "migration" ("ScriptName", "Applied") values ('Lanthorn.Intake.Sql.0002_progress.sqlite.sql', '2026-11-25 17:48:37.2518895');
insert into search_text (search_text) values ('rebuild');
