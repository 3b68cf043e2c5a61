-- When the account last saw its notices; where it wants to be told of them, and when it was told. Unix milliseconds.
ALTER TABLE gov_person ADD COLUMN looked_at INTEGER;
ALTER TABLE gov_person ADD COLUMN notice_address TEXT;
ALTER TABLE gov_person ADD COLUMN mailed_at INTEGER;
