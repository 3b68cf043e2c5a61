-- Who may come in. Ids are random: a number in sequence would tell how many people others have. Times are Unix milliseconds.
CREATE TABLE gov_organisation (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;

-- A person without a password cannot sign in: so is the operator of the command line.
CREATE TABLE gov_person (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    email TEXT UNIQUE COLLATE NOCASE,
    organisation TEXT NOT NULL REFERENCES gov_organisation (id),
    role TEXT NOT NULL,
    clearance INTEGER NOT NULL,
    password_hash TEXT,
    security_stamp TEXT NOT NULL,
    failed_count INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER,
    default_reason TEXT,
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

-- Only the hash of a token is kept: who reads this table cannot act as anybody. An empty scope is all that the person may.
CREATE TABLE gov_token (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES gov_person (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL DEFAULT '',
    default_reason TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_used_at INTEGER
) STRICT;

CREATE INDEX gov_token_by_person ON gov_token (person);

CREATE TABLE gov_compartment (
    name TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES gov_person (id),
    PRIMARY KEY (person, name)
) STRICT, WITHOUT ROWID;
