-- What people ask about themselves, and what was done about it. Who they are and what they wrote is encrypted (SealedText);
-- where a request stands is worked out from what is recorded here, never set.
CREATE TABLE gov_request (
    reference TEXT PRIMARY KEY,
    label_id INTEGER NOT NULL,
    -- 1 access, 2 rectification, 3 erasure, 4 restriction.
    kind INTEGER NOT NULL,
    -- 1 Directive (EU) 2016/680, 2 Regulation (EU) 2016/794.
    law INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    -- The authority through which it came; empty where it came directly.
    through TEXT NOT NULL,
    subject TEXT NOT NULL,
    born TEXT NOT NULL,
    contact TEXT NOT NULL,
    wish TEXT NOT NULL,
    identity_how TEXT,
    identity_by TEXT,
    identity_at TEXT,
    extended_to TEXT,
    searched_at TEXT,
    -- 1 granted, 2 in part, 3 refused; the ground is one of the closed list in RightsGrounds.
    outcome INTEGER,
    ground INTEGER,
    decided_reason TEXT,
    recipients TEXT,
    decided_by TEXT,
    decided_at TEXT,
    carried_out_by TEXT,
    carried_out_at TEXT,
    answered_by TEXT,
    answered_at TEXT,
    is_fictional INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

-- Records that a search found. verdict: 0 not looked at, 1 about the person, 2 about somebody else.
CREATE TABLE gov_request_record (
    request TEXT NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    source TEXT NOT NULL,
    score REAL NOT NULL,
    verdict INTEGER NOT NULL,
    marked_by TEXT,
    marked_at TEXT,
    PRIMARY KEY (request, record_id)
) STRICT, WITHOUT ROWID;

-- What was asked of the provider of a record. verdict: 1 agrees, 2 objects, 3 did not answer.
CREATE TABLE gov_request_consultation (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    verdict INTEGER,
    answer TEXT,
    answered_by TEXT,
    answered_at TEXT
) STRICT;

CREATE INDEX gov_request_consultation_by_request ON gov_request_consultation (request);

-- What was done with a request; only ever added to.
CREATE TABLE gov_request_step (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    note TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_at TEXT NOT NULL
) STRICT;

CREATE INDEX gov_request_step_by_request ON gov_request_step (request);

-- Records that were erased or restricted on request. act: 1 erased, 2 restricted, 3 restriction lifted.
CREATE TABLE gov_certificate (
    number TEXT PRIMARY KEY,
    request TEXT NOT NULL REFERENCES gov_request (reference) ON DELETE CASCADE,
    record_id BLOB NOT NULL,
    act INTEGER NOT NULL,
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_at TEXT NOT NULL
) STRICT;

CREATE INDEX gov_certificate_by_request ON gov_certificate (request);
