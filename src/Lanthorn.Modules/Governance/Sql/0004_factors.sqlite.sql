-- One-time codes (RFC 6238). The secret is sealed with the installation's key; a step is used once.
-- holder is the session or token that began it: nobody else is shown the secret or confirms it.
CREATE TABLE gov_totp (
    person TEXT PRIMARY KEY REFERENCES gov_person (id),
    secret TEXT NOT NULL,
    holder TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Codes for the day when the telephone is gone: hashes, each used once.
CREATE TABLE gov_recovery (
    hash BLOB PRIMARY KEY,
    person TEXT NOT NULL REFERENCES gov_person (id)
) STRICT, WITHOUT ROWID;

-- Roles whose people need a second factor.
CREATE TABLE gov_factor_role (role TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What has begun and is not finished: a password was right and a code is asked for, or a passkey was challenged.
CREATE TABLE gov_step (
    hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    person TEXT REFERENCES gov_person (id),
    state TEXT NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX gov_step_by_end ON gov_step (ends_at);

-- Passkeys (WebAuthn). The data is public: the key's public half and what the authenticator said of itself.
CREATE TABLE gov_passkey (
    credential BLOB PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES gov_person (id),
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX gov_passkey_by_person ON gov_passkey (person);
