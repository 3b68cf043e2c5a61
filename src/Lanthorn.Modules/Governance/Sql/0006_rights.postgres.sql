-- See the other file of this number for what the columns mean.
CREATE TABLE gov_request (
    reference TEXT COLLATE "C" PRIMARY KEY,
    label_id BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    law BIGINT NOT NULL,
    received_on TEXT COLLATE "C" NOT NULL,
    through TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    born TEXT COLLATE "C" NOT NULL,
    contact TEXT COLLATE "C" NOT NULL,
    wish TEXT COLLATE "C" NOT NULL,
    identity_how TEXT COLLATE "C",
    identity_by TEXT COLLATE "C",
    identity_at TEXT COLLATE "C",
    extended_to TEXT COLLATE "C",
    searched_at TEXT COLLATE "C",
    outcome BIGINT,
    ground BIGINT,
    decided_reason TEXT COLLATE "C",
    recipients TEXT COLLATE "C",
    decided_by TEXT COLLATE "C",
    decided_at TEXT COLLATE "C",
    carried_out_by TEXT COLLATE "C",
    carried_out_at TEXT COLLATE "C",
    answered_by TEXT COLLATE "C",
    answered_at TEXT COLLATE "C",
    is_fictional BIGINT NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE gov_request_record (
    request TEXT COLLATE "C" NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    record_id BYTEA NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    verdict BIGINT NOT NULL,
    marked_by TEXT COLLATE "C",
    marked_at TEXT COLLATE "C",
    PRIMARY KEY (request, record_id)
);

CREATE TABLE gov_request_consultation (
    id TEXT COLLATE "C" PRIMARY KEY,
    request TEXT COLLATE "C" NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    provider TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    asked_by TEXT COLLATE "C" NOT NULL,
    asked_at TEXT COLLATE "C" NOT NULL,
    verdict BIGINT,
    answer TEXT COLLATE "C",
    answered_by TEXT COLLATE "C",
    answered_at TEXT COLLATE "C"
);

CREATE INDEX gov_request_consultation_by_request ON gov_request_consultation (request);

CREATE TABLE gov_request_step (
    id TEXT COLLATE "C" PRIMARY KEY,
    request TEXT COLLATE "C" NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    step BIGINT NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    done_by TEXT COLLATE "C" NOT NULL,
    done_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX gov_request_step_by_request ON gov_request_step (request);

CREATE TABLE gov_certificate (
    number TEXT COLLATE "C" PRIMARY KEY,
    request TEXT COLLATE "C" NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    record_id BYTEA NOT NULL,
    act BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    done_by TEXT COLLATE "C" NOT NULL,
    done_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX gov_certificate_by_request ON gov_certificate (request);
