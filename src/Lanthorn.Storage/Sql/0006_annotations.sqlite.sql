-- What people write about an entity. It is seen by who sees its label and all the records that made up the entity then.
create table annotation (
    id integer primary key,
    label_id integer not null references label (id),
    author text not null,
    organisation text not null,
    text text not null,
    written_at text not null,
    edited_at text
);

-- The records that made up the entity for the author.
create table annotation_member (
    annotation_id integer not null references annotation (id),
    record_id blob not null,
    primary key (annotation_id, record_id)
) without rowid;
create index annotation_member_record on annotation_member (record_id);
