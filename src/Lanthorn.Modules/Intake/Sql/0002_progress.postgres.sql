-- How much of the files was read, for whoever watches an import run.
ALTER TABLE intake_imports ADD COLUMN bytes_read BIGINT NOT NULL DEFAULT 0;
ALTER TABLE intake_imports ADD COLUMN bytes_total BIGINT NOT NULL DEFAULT 0;
