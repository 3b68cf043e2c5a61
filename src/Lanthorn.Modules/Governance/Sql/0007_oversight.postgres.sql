-- See the other file of this number for what the columns mean.
CREATE TABLE gov_complaint (
    reference TEXT COLLATE "C" PRIMARY KEY,
    label_id BIGINT NOT NULL,
    receipt BYTEA NOT NULL UNIQUE,
    language TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    contact TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    taken_by TEXT COLLATE "C",
    taken_at TEXT COLLATE "C",
    outcome BIGINT,
    answer TEXT COLLATE "C",
    answered_by TEXT COLLATE "C",
    answered_at TEXT COLLATE "C",
    is_fictional BIGINT NOT NULL
);

CREATE TABLE gov_complaint_subject (
    complaint TEXT COLLATE "C" NOT NULL REFERENCES gov_complaint (reference) ON DELETE CASCADE,
    kind BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (complaint, kind, subject)
);

CREATE INDEX gov_complaint_subject_by_subject ON gov_complaint_subject (kind, subject);

CREATE TABLE gov_hold (
    reference TEXT COLLATE "C" PRIMARY KEY,
    kind BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    placed_by TEXT COLLATE "C" NOT NULL,
    placed_at TEXT COLLATE "C" NOT NULL,
    lifted_by TEXT COLLATE "C",
    lifted_at TEXT COLLATE "C",
    lifted_reason TEXT COLLATE "C"
);

CREATE INDEX gov_hold_by_subject ON gov_hold (kind, subject);
