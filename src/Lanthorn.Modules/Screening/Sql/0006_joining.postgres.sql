-- joins is 1 where the program joins what is surely the same; joined counts the pairs that it joined.
ALTER TABLE screening_pair_run ADD COLUMN joins BIGINT NOT NULL DEFAULT 0;
ALTER TABLE screening_pair_run ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;
