-- See the other file of this number for what the columns mean.
CREATE TABLE pro_project (
    reference TEXT COLLATE "C" PRIMARY KEY,
    title TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    instrument TEXT COLLATE "C" NOT NULL,
    countries TEXT COLLATE "C" NOT NULL,
    starts TEXT COLLATE "C",
    ends TEXT COLLATE "C",
    budget BIGINT,
    currency TEXT COLLATE "C" NOT NULL,
    strands TEXT COLLATE "C" NOT NULL,
    aims TEXT COLLATE "C" NOT NULL,
    label_id BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    as_of TEXT COLLATE "C" NOT NULL,
    brought_by TEXT COLLATE "C",
    is_fictional BIGINT NOT NULL
);

CREATE TABLE pro_participant (
    project TEXT COLLATE "C" NOT NULL REFERENCES pro_project (reference) ON DELETE CASCADE,
    name TEXT COLLATE "C" NOT NULL,
    role BIGINT NOT NULL,
    PRIMARY KEY (project, name, role)
);
