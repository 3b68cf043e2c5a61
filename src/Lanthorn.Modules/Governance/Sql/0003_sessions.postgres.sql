-- Browsers in which somebody is signed in. The cookie holds the secret, this table its hash. A session that has ended is
-- gone from here; that it ended stands in the audit log. Times are Unix milliseconds, last seen is known to five minutes.
CREATE TABLE gov_session (
    id TEXT COLLATE "C" PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE,
    person TEXT COLLATE "C" NOT NULL REFERENCES gov_person (id),
    method TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    begun_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX gov_session_by_person ON gov_session (person);
