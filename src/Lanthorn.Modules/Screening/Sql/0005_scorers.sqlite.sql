-- Versions of the scorer that were learnt from judgements: rows are added and never changed. artefact is JSON with numbers
-- alone; judges counts the pairs by the account that judged them.
CREATE TABLE screening_scorer (
    id TEXT NOT NULL PRIMARY KEY,
    trained_at TEXT NOT NULL,
    trained_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    judges TEXT NOT NULL,
    artefact TEXT NOT NULL
) WITHOUT ROWID;

-- Which version scores: the row with the greatest number. scorer is null for the one that is shipped.
CREATE TABLE screening_scorer_switch (
    number INTEGER PRIMARY KEY,
    scorer TEXT,
    switched_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    switched_at TEXT NOT NULL
);
