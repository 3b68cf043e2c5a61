-- One-time codes (RFC 6238). The secret is sealed with the installation's key; a step is used once.
-- holder is the session or token that began it: nobody else is shown the secret or confirms it.
CREATE TABLE gov_totp (
    person TEXT COLLATE "C" PRIMARY KEY REFERENCES gov_person (id),
    secret TEXT COLLATE "C" NOT NULL,
    holder TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL DEFAULT 0
);

-- Codes for the day when the telephone is gone: hashes, each used once.
CREATE TABLE gov_recovery (
    hash BYTEA PRIMARY KEY,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id)
);

-- Roles whose people need a second factor.
CREATE TABLE gov_factor_role (role TEXT COLLATE "C" PRIMARY KEY);

-- What has begun and is not finished: a password was right and a code is asked for, or a passkey was challenged.
CREATE TABLE gov_step (
    hash BYTEA PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" REFERENCES gov_person (id),
    state TEXT COLLATE "C" NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX gov_step_by_end ON gov_step (ends_at);

-- Passkeys (WebAuthn). The data is public: the key's public half and what the authenticator said of itself.
CREATE TABLE gov_passkey (
    credential BYTEA PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id),
    name TEXT COLLATE "C" NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX gov_passkey_by_person ON gov_passkey (person);
