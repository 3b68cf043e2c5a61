-- What somebody did with many entities at once, so that it can be taken back: his own, for nobody else.
-- act: 1 bookmark, 2 annotate, 3 same. undone_at is null while it stands.
CREATE TABLE screening_bulk (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    act INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    undone_at TEXT
) WITHOUT ROWID;
CREATE INDEX screening_bulk_account ON screening_bulk (account, made_at);
-- One thing that it did. record_id is one of the entity's; other_id the record that it was judged the same as; annotation
-- what was written. undone is 1 when it was taken back: what somebody changed since is not.
CREATE TABLE screening_bulk_item (
    bulk TEXT NOT NULL,
    position INTEGER NOT NULL,
    record_id BLOB NOT NULL,
    other_id BLOB,
    annotation INTEGER,
    undone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (bulk, position)
) WITHOUT ROWID;
