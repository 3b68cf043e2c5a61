-- What is funded. Countries, strands and aims stand one a line; a budget is in hundredths of its currency.
CREATE TABLE pro_project (
    reference TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    instrument TEXT NOT NULL,
    countries TEXT NOT NULL,
    starts TEXT,
    ends TEXT,
    budget INTEGER,
    currency TEXT NOT NULL,
    strands TEXT NOT NULL,
    aims TEXT NOT NULL,
    label_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    as_of TEXT NOT NULL,
    brought_by TEXT,
    is_fictional INTEGER NOT NULL
) STRICT;

-- role: 1 lead, 2 partner, 3 funder.
CREATE TABLE pro_participant (
    project TEXT NOT NULL REFERENCES pro_project (reference) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,
    PRIMARY KEY (project, name, role)
) STRICT;
