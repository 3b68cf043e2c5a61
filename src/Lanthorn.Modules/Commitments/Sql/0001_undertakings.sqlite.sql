-- Who promised what, to whom and by when. The reference is given by chance, never counted: a gap would tell of what a reader
-- does not see. What can change (due, owner, withdrawn_at) keeps its past in com_history.
CREATE TABLE com_undertaking (
    reference TEXT PRIMARY KEY,
    promiser TEXT NOT NULL,
    promisee TEXT NOT NULL,
    text TEXT NOT NULL,
    strand INTEGER NOT NULL,
    aim TEXT NOT NULL,
    due TEXT,
    measure TEXT NOT NULL,
    unit TEXT NOT NULL,
    target REAL,
    owner TEXT NOT NULL,
    project TEXT,
    label_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    -- The edition that brought it, such as the fictional world's; null where a person entered it.
    brought_by TEXT,
    is_fictional INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;

CREATE INDEX com_undertaking_by_owner ON com_undertaking (owner, due);
CREATE INDEX com_undertaking_by_project ON com_undertaking (project);
CREATE INDEX com_undertaking_by_due ON com_undertaking (due);

-- What is said to show that it was delivered. kind: 1 document, 2 record, 3 count. state: 1 waits, 2 accepted, 3 refused.
CREATE TABLE com_evidence (
    id TEXT PRIMARY KEY,
    undertaking TEXT NOT NULL REFERENCES com_undertaking (reference) ON DELETE CASCADE,
    label_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    record_id BLOB,
    amount REAL,
    day TEXT NOT NULL,
    offered_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    offered_at TEXT NOT NULL,
    state INTEGER NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    decided_reason TEXT
) STRICT;

CREATE INDEX com_evidence_by_undertaking ON com_evidence (undertaking);
CREATE INDEX com_evidence_by_state ON com_evidence (state);

-- What was done with an undertaking; only ever added to. act: 1 due date, 2 owner, 3 withdrawn, 4 taken up again, 5 asked.
CREATE TABLE com_history (
    id TEXT PRIMARY KEY,
    undertaking TEXT NOT NULL REFERENCES com_undertaking (reference) ON DELETE CASCADE,
    act INTEGER NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    done_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    done_at TEXT NOT NULL
) STRICT;

CREATE INDEX com_history_by_undertaking ON com_history (undertaking);

-- Collections that come as a whole, such as the fictional world: which edition of each is here.
CREATE TABLE com_edition (
    code TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    loaded_at TEXT NOT NULL
) STRICT;
