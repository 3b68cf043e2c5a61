-- See the other file of this number for what the columns mean.
CREATE TABLE gov_register_entry (
    reference TEXT COLLATE "C" PRIMARY KEY,
    label_id BIGINT NOT NULL,
    register BIGINT NOT NULL,
    fields TEXT COLLATE "C" NOT NULL,
    template TEXT COLLATE "C" NOT NULL,
    is_fictional BIGINT NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE gov_breach (
    reference TEXT COLLATE "C" PRIMARY KEY,
    label_id BIGINT NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    aware_at TEXT COLLATE "C" NOT NULL,
    people TEXT COLLATE "C" NOT NULL,
    consequences TEXT COLLATE "C" NOT NULL,
    measures TEXT COLLATE "C" NOT NULL,
    risk BIGINT NOT NULL,
    notified_at TEXT COLLATE "C",
    delay_reason TEXT COLLATE "C",
    told_at TEXT COLLATE "C",
    told_how TEXT COLLATE "C",
    is_fictional BIGINT NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL
);
