-- See the other file of this number for what the columns mean.
CREATE TABLE screening_bulk (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL,
    act BIGINT NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    undone_at TEXT COLLATE "C"
);
CREATE INDEX screening_bulk_account ON screening_bulk (account, made_at);
CREATE TABLE screening_bulk_item (
    bulk TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    record_id BYTEA NOT NULL,
    other_id BYTEA,
    annotation BIGINT,
    undone BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (bulk, position)
);
