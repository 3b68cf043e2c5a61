-- What is known of keeping an official list fresh: where it comes from, who switched a schedule on, how the last look ended.
CREATE TABLE intake_refresh (
    source TEXT COLLATE "C" PRIMARY KEY,
    -- A JSON array of addresses that an administrator gave; null is the publisher's own.
    addresses TEXT COLLATE "C",
    -- Null: nobody has switched a schedule on.
    every_minutes BIGINT,
    -- The minute of the day (UTC) at which it runs; null is any.
    at_minute BIGINT,
    scheduled_by TEXT COLLATE "C",
    next_at TEXT COLLATE "C",
    -- Why a schedule was ended without anybody asking.
    notice TEXT COLLATE "C",
    outcome TEXT COLLATE "C",
    outcome_text TEXT COLLATE "C" NOT NULL DEFAULT '',
    outcome_at TEXT COLLATE "C",
    -- When the publisher last answered with this list or that it is unchanged.
    checked_at TEXT COLLATE "C"
);

-- By what a server recognises that we have its file: kept when the file is in, and good as long as that import is the last.
CREATE TABLE intake_fetched (
    source TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    -- A hash: an address may hold a personal token.
    address TEXT COLLATE "C" NOT NULL,
    etag TEXT COLLATE "C",
    last_modified TEXT COLLATE "C",
    import TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (source, number)
);

-- The newest vintages, as the outbox told of them, for the feed of changes.
CREATE TABLE intake_news (
    vintage BIGINT PRIMARY KEY,
    source TEXT COLLATE "C" NOT NULL
);
