-- What columns so headed were chosen to be. A choice has the label of what was imported with it.
CREATE TABLE intake_column_names (
    organisation TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    schema TEXT COLLATE "C" NOT NULL,
    -- Small letters without marks, words parted by one blank.
    heading TEXT COLLATE "C" NOT NULL,
    -- Empty where the column was left out on purpose.
    property TEXT COLLATE "C" NOT NULL,
    is_id BIGINT NOT NULL,
    used_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation, label, schema, heading)
);

CREATE INDEX intake_column_names_by_heading ON intake_column_names (organisation, heading);
