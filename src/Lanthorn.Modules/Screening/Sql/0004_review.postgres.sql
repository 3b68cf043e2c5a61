-- See the other file of this number for what the columns mean.
CREATE TABLE screening_pair (
    account TEXT COLLATE "C" NOT NULL,
    left_id BYTEA NOT NULL,
    right_id BYTEA NOT NULL,
    sight TEXT COLLATE "C" NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    scorer TEXT COLLATE "C" NOT NULL,
    found_at TEXT COLLATE "C" NOT NULL,
    skipped_at TEXT COLLATE "C",
    PRIMARY KEY (account, left_id, right_id)
);

CREATE TABLE screening_pair_run (
    account TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    sight TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    changed_since TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL,
    records BIGINT NOT NULL,
    looked BIGINT NOT NULL,
    found BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL,
    finished_at TEXT COLLATE "C",
    PRIMARY KEY (account, number)
);

CREATE TABLE screening_decision (
    id BIGINT PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    left_id BYTEA NOT NULL,
    right_id BYTEA NOT NULL,
    verdict BIGINT NOT NULL,
    part BIGINT NOT NULL,
    in_queue BIGINT NOT NULL,
    score DOUBLE PRECISION,
    judgement BIGINT,
    proposal BIGINT,
    decided_at TEXT COLLATE "C" NOT NULL,
    undone_at TEXT COLLATE "C"
);
CREATE INDEX screening_decision_organisation ON screening_decision (organisation, id);
CREATE INDEX screening_decision_account ON screening_decision (account, id);
