-- One row per import as its importer sees it. The id is made from the time, never counted: a number in sequence would
-- tell how many imports of others there were.
CREATE TABLE intake_imports (
    id TEXT PRIMARY KEY,
    vintage INTEGER,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    organisation TEXT NOT NULL,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    format TEXT NOT NULL,
    label TEXT NOT NULL,
    files TEXT NOT NULL,
    edition TEXT,
    complete INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    imported INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    failure TEXT,
    started_at TEXT NOT NULL,
    beat_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

CREATE INDEX intake_imports_by_organisation ON intake_imports (organisation, id);

-- Asked before each import: under which labels the source has records.
CREATE INDEX intake_imports_by_source ON intake_imports (source, label);

-- Rows and values that were refused. They may hold personal data: they are read under the label of their import.
CREATE TABLE intake_quarantine (
    import TEXT NOT NULL REFERENCES intake_imports (id),
    number INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    col INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    whole_row INTEGER NOT NULL,
    PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;
