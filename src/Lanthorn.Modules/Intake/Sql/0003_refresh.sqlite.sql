-- What is known of keeping an official list fresh: where it comes from, who switched a schedule on, how the last look ended.
CREATE TABLE intake_refresh (
    source TEXT PRIMARY KEY,
    -- A JSON array of addresses that an administrator gave; null is the publisher's own.
    addresses TEXT,
    -- Null: nobody has switched a schedule on.
    every_minutes INTEGER,
    -- The minute of the day (UTC) at which it runs; null is any.
    at_minute INTEGER,
    scheduled_by TEXT,
    next_at TEXT,
    -- Why a schedule was ended without anybody asking.
    notice TEXT,
    outcome TEXT,
    outcome_text TEXT NOT NULL DEFAULT '',
    outcome_at TEXT,
    -- When the publisher last answered with this list or that it is unchanged.
    checked_at TEXT
) STRICT;

-- By what a server recognises that we have its file: kept when the file is in, and good as long as that import is the last.
CREATE TABLE intake_fetched (
    source TEXT NOT NULL,
    number INTEGER NOT NULL,
    -- A hash: an address may hold a personal token.
    address TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    import TEXT NOT NULL,
    PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;

-- The newest vintages, as the outbox told of them, for the feed of changes.
CREATE TABLE intake_news (
    vintage INTEGER PRIMARY KEY,
    source TEXT NOT NULL
) STRICT;
