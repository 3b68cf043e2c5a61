-- One row per import as its importer sees it. The id is made from the time, never counted: a number in sequence would
-- tell how many imports of others there were.
CREATE TABLE intake_imports (
    id TEXT COLLATE "C" PRIMARY KEY,
    vintage BIGINT,
    origin TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    files TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C",
    complete BIGINT NOT NULL,
    read BIGINT NOT NULL DEFAULT 0,
    imported BIGINT NOT NULL DEFAULT 0,
    unchanged BIGINT NOT NULL DEFAULT 0,
    quarantined BIGINT NOT NULL DEFAULT 0,
    ended BIGINT NOT NULL DEFAULT 0,
    seconds DOUBLE PRECISION NOT NULL DEFAULT 0,
    note TEXT COLLATE "C" NOT NULL DEFAULT '',
    failure TEXT COLLATE "C",
    started_at TEXT COLLATE "C" NOT NULL,
    beat_at TEXT COLLATE "C" NOT NULL,
    finished_at TEXT COLLATE "C"
);

CREATE INDEX intake_imports_by_organisation ON intake_imports (organisation, id);

-- Asked before each import: under which labels the source has records.
CREATE INDEX intake_imports_by_source ON intake_imports (source, label);

-- Rows and values that were refused. They may hold personal data: they are read under the label of their import.
CREATE TABLE intake_quarantine (
    import TEXT COLLATE "C" NOT NULL REFERENCES intake_imports (id),
    number BIGINT NOT NULL,
    file TEXT COLLATE "C" NOT NULL,
    line BIGINT NOT NULL,
    col BIGINT NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    whole_row BIGINT NOT NULL,
    PRIMARY KEY (import, number)
);
