-- What is true of the whole installation, by name.
create table installation (
    name text primary key,
    value blob not null
) without rowid;
