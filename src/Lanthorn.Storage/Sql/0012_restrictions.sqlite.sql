-- Records that are restricted: their label is joined with the marker until the restriction is lifted. label_id is what the
-- record would have without it; an import that brings another label changes it here, not on the record.
create table restriction (
    id blob primary key,
    label_id integer not null references label (id),
    marker text not null,
    restricted_at text not null,
    reason text not null
) without rowid;
