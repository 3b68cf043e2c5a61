-- See the other file of this number for what the columns mean.
CREATE TABLE gov_transfer (
    reference TEXT COLLATE "C" PRIMARY KEY,
    label_id BIGINT NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    authority TEXT COLLATE "C" NOT NULL,
    ground BIGINT NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    checks TEXT COLLATE "C" NOT NULL,
    objections TEXT COLLATE "C" NOT NULL,
    proposed_by TEXT COLLATE "C" NOT NULL,
    proposed_at TEXT COLLATE "C" NOT NULL,
    decision BIGINT,
    decided_reason TEXT COLLATE "C",
    necessity TEXT COLLATE "C",
    decided_by TEXT COLLATE "C",
    decided_at TEXT COLLATE "C",
    is_fictional BIGINT NOT NULL
);

CREATE TABLE gov_transfer_record (
    transfer TEXT COLLATE "C" NOT NULL REFERENCES gov_transfer (reference) ON DELETE CASCADE,
    record_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (transfer, record_id)
);

CREATE INDEX gov_transfer_record_by_record ON gov_transfer_record (record_id);

CREATE TABLE gov_debrief_source (
    source TEXT COLLATE "C" PRIMARY KEY,
    marked_by TEXT COLLATE "C" NOT NULL,
    marked_at TEXT COLLATE "C" NOT NULL
);
