-- Browsers in which somebody is signed in. The cookie holds the secret, this table its hash. A session that has ended is
-- gone from here; that it ended stands in the audit log. Times are Unix milliseconds, last seen is known to five minutes.
CREATE TABLE gov_session (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES gov_person (id),
    method TEXT NOT NULL,
    device TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

CREATE INDEX gov_session_by_person ON gov_session (person);
