-- The register of processing activities and the impact assessments (Articles 24 and 27 of Directive (EU) 2016/680): which
-- fields an entry has is in RegisterBook; they are kept as one JSON object of texts.
CREATE TABLE gov_register_entry (
    reference TEXT PRIMARY KEY,
    label_id INTEGER NOT NULL,
    -- 1 processing activities, 2 impact assessments.
    register INTEGER NOT NULL,
    fields TEXT NOT NULL,
    -- The entry of the product that it was made from; empty for none.
    template TEXT NOT NULL,
    is_fictional INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

-- Breaches, with the clock of Article 30. risk: 1 unlikely, 2 a risk, 3 a high risk to people.
CREATE TABLE gov_breach (
    reference TEXT PRIMARY KEY,
    label_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    aware_at TEXT NOT NULL,
    people TEXT NOT NULL,
    consequences TEXT NOT NULL,
    measures TEXT NOT NULL,
    risk INTEGER NOT NULL,
    notified_at TEXT,
    delay_reason TEXT,
    told_at TEXT,
    told_how TEXT,
    is_fictional INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
