-- What is true of the whole installation, by name.
create table installation (
    name text collate "C" primary key,
    value bytea not null
);
