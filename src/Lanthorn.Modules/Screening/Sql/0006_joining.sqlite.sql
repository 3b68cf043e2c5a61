-- joins is 1 where the program joins what is surely the same; joined counts the pairs that it joined.
ALTER TABLE screening_pair_run ADD COLUMN joins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE screening_pair_run ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
