-- Links with which somebody chooses his first password, each used once; without a person it makes the first administrator.
CREATE TABLE gov_invitation (
    hash BLOB PRIMARY KEY,
    person TEXT UNIQUE REFERENCES gov_person (id),
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An account with an owner is a service: it has tokens and no sign-in, and a person answers for it.
ALTER TABLE gov_person ADD COLUMN owner TEXT REFERENCES gov_person (id);

-- As whom the organisation's identity provider knows somebody.
CREATE TABLE gov_subject (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES gov_person (id),
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

-- Wider sight for a time: asked for by one, granted by another, taken up in a session, ended by hand or in time.
CREATE TABLE gov_glass (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES gov_person (id),
    role TEXT,
    compartment TEXT,
    case_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    hours INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    decided_by TEXT REFERENCES gov_person (id),
    decided_at INTEGER,
    is_granted INTEGER NOT NULL DEFAULT 0,
    ends_at INTEGER,
    begun_at INTEGER,
    ended_at INTEGER
) STRICT;

CREATE INDEX gov_glass_by_person ON gov_glass (person);

ALTER TABLE gov_session ADD COLUMN glass TEXT REFERENCES gov_glass (id);
