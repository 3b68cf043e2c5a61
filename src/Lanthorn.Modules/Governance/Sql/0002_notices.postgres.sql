-- See the other file of this number for what the columns mean.
ALTER TABLE gov_person ADD COLUMN looked_at BIGINT;
ALTER TABLE gov_person ADD COLUMN notice_address TEXT COLLATE "C";
ALTER TABLE gov_person ADD COLUMN mailed_at BIGINT;
