-- What columns so headed were chosen to be. A choice has the label of what was imported with it.
CREATE TABLE intake_column_names (
    organisation TEXT NOT NULL,
    label TEXT NOT NULL,
    schema TEXT NOT NULL,
    -- Small letters without marks, words parted by one blank.
    heading TEXT NOT NULL,
    -- Empty where the column was left out on purpose.
    property TEXT NOT NULL,
    is_id INTEGER NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (organisation, label, schema, heading)
) STRICT, WITHOUT ROWID;

CREATE INDEX intake_column_names_by_heading ON intake_column_names (organisation, heading);
