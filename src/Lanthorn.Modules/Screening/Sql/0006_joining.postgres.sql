-- joins is 1 where the program joins what is surely the same; joined counts the pairs that it joined. reached_at and
-- reached_id are the place of the last record that was looked at, for going on.
ALTER TABLE screening_pair_run ADD COLUMN joins BIGINT NOT NULL DEFAULT 0;
ALTER TABLE screening_pair_run ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;
ALTER TABLE screening_pair_run ADD COLUMN reached_at TEXT;
ALTER TABLE screening_pair_run ADD COLUMN reached_id BYTEA;
