-- See the other file of this number for what the columns mean.
CREATE TABLE screening_scorer (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    trained_at TEXT COLLATE "C" NOT NULL,
    trained_by TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    judges TEXT COLLATE "C" NOT NULL,
    artefact TEXT COLLATE "C" NOT NULL
);

CREATE TABLE screening_scorer_switch (
    number BIGINT PRIMARY KEY,
    scorer TEXT COLLATE "C",
    switched_by TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    switched_at TEXT COLLATE "C" NOT NULL
);
