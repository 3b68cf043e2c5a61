-- Links with which somebody chooses his first password, each used once; without a person it makes the first administrator.
CREATE TABLE gov_invitation (
    hash BYTEA PRIMARY KEY,
    person TEXT COLLATE "C" UNIQUE REFERENCES gov_person (id),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

-- An account with an owner is a service: it has tokens and no sign-in, and a person answers for it.
ALTER TABLE gov_person ADD COLUMN owner TEXT COLLATE "C" REFERENCES gov_person (id);

-- As whom the organisation's identity provider knows somebody.
CREATE TABLE gov_subject (
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id),
    PRIMARY KEY (issuer, subject)
);

-- Wider sight for a time: asked for by one, granted by another, taken up in a session, ended by hand or in time.
CREATE TABLE gov_glass (
    id TEXT COLLATE "C" PRIMARY KEY,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id),
    role TEXT COLLATE "C",
    compartment TEXT COLLATE "C",
    case_name TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    hours BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    decided_by TEXT COLLATE "C" REFERENCES gov_person (id),
    decided_at BIGINT,
    is_granted BIGINT NOT NULL DEFAULT 0,
    ends_at BIGINT,
    begun_at BIGINT,
    ended_at BIGINT
);

CREATE INDEX gov_glass_by_person ON gov_glass (person);

ALTER TABLE gov_session ADD COLUMN glass TEXT COLLATE "C" REFERENCES gov_glass (id);
