-- See the other file of this number for what the columns mean.
create table annotation (
    id bigint primary key,
    label_id bigint not null references label (id),
    author text collate "C" not null,
    organisation text collate "C" not null,
    text text collate "C" not null,
    written_at text collate "C" not null,
    edited_at text collate "C"
);

create table annotation_member (
    annotation_id bigint not null references annotation (id),
    record_id bytea not null,
    primary key (annotation_id, record_id)
);
create index annotation_member_record on annotation_member (record_id);
