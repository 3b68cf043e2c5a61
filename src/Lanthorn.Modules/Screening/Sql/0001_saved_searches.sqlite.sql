-- Searches that somebody keeps, for himself or for his organisation. The id is made from the time, never counted.
CREATE TABLE screening_search (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    organisation TEXT NOT NULL,
    shared INTEGER NOT NULL,
    label TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX screening_search_by_organisation ON screening_search (organisation, id);

-- When somebody last looked at what such a search finds: what changed later is new to him.
CREATE TABLE screening_look (
    search TEXT NOT NULL REFERENCES screening_search (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    looked_at TEXT NOT NULL,
    PRIMARY KEY (search, account)
) STRICT;
