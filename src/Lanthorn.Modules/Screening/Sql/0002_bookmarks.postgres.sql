-- See the other file of this number for what the columns mean.
CREATE TABLE screening_bookmark (
    account TEXT COLLATE "C" NOT NULL,
    record_id BYTEA NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    seen_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, record_id)
);
