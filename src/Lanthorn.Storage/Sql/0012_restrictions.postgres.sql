-- See the other file of this number for what the columns mean.
create table restriction (
    id bytea primary key,
    label_id bigint not null references label (id),
    marker text collate "C" not null,
    restricted_at text collate "C" not null,
    reason text collate "C" not null
);
