-- Pairs of records that could be the same, found for an account under the sight that it had then: its own, for nobody else.
-- sight is a hash of what the account could see; a worklist of another sight counts no more. scorer says what gave the score.
CREATE TABLE screening_pair (
    account TEXT NOT NULL,
    left_id BLOB NOT NULL,
    right_id BLOB NOT NULL,
    sight TEXT NOT NULL,
    score REAL NOT NULL,
    scorer TEXT NOT NULL,
    found_at TEXT NOT NULL,
    skipped_at TEXT,
    PRIMARY KEY (account, left_id, right_id)
) WITHOUT ROWID;

-- A search for such pairs, numbered for each account. changed_since is null where every record of the source was looked at.
-- looked counts records, found pairs; kept is less than found where the worklist was full.
CREATE TABLE screening_pair_run (
    account TEXT NOT NULL,
    number INTEGER NOT NULL,
    sight TEXT NOT NULL,
    source TEXT NOT NULL,
    changed_since TEXT,
    state TEXT NOT NULL,
    records INTEGER NOT NULL,
    looked INTEGER NOT NULL,
    found INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    PRIMARY KEY (account, number)
) WITHOUT ROWID;

-- Who judged which two records, and with which score before him. The reason stands with the judgement, or with the proposal
-- where it waits for a second person, and goes with them when a record is erased. part: 1 decided, 2 confirmed what another
-- proposed, 3 objected. in_queue is 1 where it was decided in the queue. The id is made from the time and only grows.
CREATE TABLE screening_decision (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    organisation TEXT NOT NULL,
    left_id BLOB NOT NULL,
    right_id BLOB NOT NULL,
    verdict INTEGER NOT NULL,
    part INTEGER NOT NULL,
    in_queue INTEGER NOT NULL,
    score REAL,
    judgement INTEGER,
    proposal INTEGER,
    decided_at TEXT NOT NULL,
    undone_at TEXT
);
CREATE INDEX screening_decision_organisation ON screening_decision (organisation, id);
CREATE INDEX screening_decision_account ON screening_decision (account, id);
