-- Complaints that anybody may make. Their words and the address for an answer are encrypted (SealedText); of the receipt only
-- a hash is kept, and nothing of where a complaint came from.
CREATE TABLE gov_complaint (
    reference TEXT PRIMARY KEY,
    label_id INTEGER NOT NULL,
    receipt BLOB NOT NULL UNIQUE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    contact TEXT NOT NULL,
    received_at TEXT NOT NULL,
    taken_by TEXT,
    taken_at TEXT,
    -- 1 founded, 2 founded in part, 3 not founded, 4 for somebody else to answer.
    outcome INTEGER,
    answer TEXT,
    answered_by TEXT,
    answered_at TEXT,
    is_fictional INTEGER NOT NULL
) STRICT;

-- What an officer says a complaint is about; the kinds are those of the enumeration SubjectKind.
CREATE TABLE gov_complaint_subject (
    complaint TEXT NOT NULL REFERENCES gov_complaint (reference) ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (complaint, kind, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX gov_complaint_subject_by_subject ON gov_complaint_subject (kind, subject);

-- What the fundamental-rights officer has stopped, until he lifts it. Nothing is ever taken out.
CREATE TABLE gov_hold (
    reference TEXT PRIMARY KEY,
    kind INTEGER NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    placed_by TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    lifted_by TEXT,
    lifted_at TEXT,
    lifted_reason TEXT
) STRICT;

CREATE INDEX gov_hold_by_subject ON gov_hold (kind, subject);
