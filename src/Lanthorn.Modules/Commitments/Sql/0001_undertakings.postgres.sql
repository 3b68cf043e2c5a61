-- See the other file of this number for what the columns mean.
CREATE TABLE com_undertaking (
    reference TEXT COLLATE "C" PRIMARY KEY,
    promiser TEXT COLLATE "C" NOT NULL,
    promisee TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    strand BIGINT NOT NULL,
    aim TEXT COLLATE "C" NOT NULL,
    due TEXT COLLATE "C",
    measure TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    target DOUBLE PRECISION,
    owner TEXT COLLATE "C" NOT NULL,
    project TEXT COLLATE "C",
    label_id BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    as_of TEXT COLLATE "C" NOT NULL,
    brought_by TEXT COLLATE "C",
    is_fictional BIGINT NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    withdrawn_at TEXT COLLATE "C"
);

CREATE INDEX com_undertaking_by_owner ON com_undertaking (owner, due);
CREATE INDEX com_undertaking_by_project ON com_undertaking (project);
CREATE INDEX com_undertaking_by_due ON com_undertaking (due);

CREATE TABLE com_evidence (
    id TEXT COLLATE "C" PRIMARY KEY,
    undertaking TEXT COLLATE "C" NOT NULL REFERENCES com_undertaking (reference) ON DELETE CASCADE,
    label_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    link TEXT COLLATE "C" NOT NULL,
    record_id BYTEA,
    amount DOUBLE PRECISION,
    day TEXT COLLATE "C" NOT NULL,
    offered_by TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    offered_at TEXT COLLATE "C" NOT NULL,
    state BIGINT NOT NULL,
    decided_by TEXT COLLATE "C",
    decided_at TEXT COLLATE "C",
    decided_reason TEXT COLLATE "C"
);

CREATE INDEX com_evidence_by_undertaking ON com_evidence (undertaking);
CREATE INDEX com_evidence_by_state ON com_evidence (state);

CREATE TABLE com_history (
    id TEXT COLLATE "C" PRIMARY KEY,
    undertaking TEXT COLLATE "C" NOT NULL REFERENCES com_undertaking (reference) ON DELETE CASCADE,
    act BIGINT NOT NULL,
    before TEXT COLLATE "C" NOT NULL,
    after TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    done_by TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    done_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX com_history_by_undertaking ON com_history (undertaking);

CREATE TABLE com_edition (
    code TEXT COLLATE "C" PRIMARY KEY,
    edition TEXT COLLATE "C" NOT NULL,
    loaded_at TEXT COLLATE "C" NOT NULL
);
