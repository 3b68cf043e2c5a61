-- What is to go to a third country (Articles 35 to 38 of Directive (EU) 2016/680), also what the gate refused.
CREATE TABLE gov_transfer (
    reference TEXT PRIMARY KEY,
    label_id INTEGER NOT NULL,
    country TEXT NOT NULL,
    authority TEXT NOT NULL,
    ground INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    -- The checks, as one JSON object: of each its verdict and the text behind it.
    checks TEXT NOT NULL,
    -- Why the gate refuses it, one reason on a line; empty where it does not.
    objections TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    -- 1 approved, 2 refused.
    decision INTEGER,
    decided_reason TEXT,
    necessity TEXT,
    decided_by TEXT,
    decided_at TEXT,
    is_fictional INTEGER NOT NULL
) STRICT;

CREATE TABLE gov_transfer_record (
    transfer TEXT NOT NULL REFERENCES gov_transfer (reference) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (transfer, record_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX gov_transfer_record_by_record ON gov_transfer_record (record_id);

-- Sources that hold what people said in debriefs and interviews.
CREATE TABLE gov_debrief_source (
    source TEXT PRIMARY KEY,
    marked_by TEXT NOT NULL,
    marked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
