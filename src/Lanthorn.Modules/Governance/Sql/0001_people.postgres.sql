-- Who may come in. Ids are random: a number in sequence would tell how many people others have. Times are Unix milliseconds.
CREATE TABLE gov_organisation (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE nocase NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- A person without a password cannot sign in: so is the operator of the command line.
CREATE TABLE gov_person (
    id TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE nocase NOT NULL UNIQUE,
    email TEXT COLLATE nocase UNIQUE,
    organisation TEXT COLLATE "C" NOT NULL REFERENCES gov_organisation (id),
    role TEXT COLLATE "C" NOT NULL,
    clearance BIGINT NOT NULL,
    password_hash TEXT COLLATE "C",
    security_stamp TEXT COLLATE "C" NOT NULL,
    failed_count BIGINT NOT NULL DEFAULT 0,
    locked_until BIGINT,
    default_reason TEXT COLLATE "C",
    is_active BIGINT NOT NULL DEFAULT 1,
    created_at BIGINT NOT NULL
);

-- Only the hash of a token is kept: who reads this table cannot act as anybody. An empty scope is all that the person may.
CREATE TABLE gov_token (
    id TEXT COLLATE "C" PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id),
    name TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL DEFAULT '',
    default_reason TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    last_used_at BIGINT
);

CREATE INDEX gov_token_by_person ON gov_token (person);

CREATE TABLE gov_compartment (
    name TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id),
    PRIMARY KEY (person, name)
);
