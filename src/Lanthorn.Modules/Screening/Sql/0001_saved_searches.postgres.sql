-- Searches that somebody keeps, for himself or for his organisation. The id is made from the time, never counted.
CREATE TABLE screening_search (
    id TEXT COLLATE "C" PRIMARY KEY,
    owner TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    shared BIGINT NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    query TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX screening_search_by_organisation ON screening_search (organisation, id);

-- When somebody last looked at what such a search finds: what changed later is new to him.
CREATE TABLE screening_look (
    search TEXT COLLATE "C" NOT NULL REFERENCES screening_search (id) ON DELETE CASCADE,
    account TEXT COLLATE "C" NOT NULL,
    looked_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (search, account)
);
