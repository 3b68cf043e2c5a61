-- What an account wants to find again: its own, for nobody else. The record is one of the entity's; seen_at is when the
-- account last looked at it.
CREATE TABLE screening_bookmark (
    account TEXT NOT NULL,
    record_id BLOB NOT NULL,
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (account, record_id)
) WITHOUT ROWID;
