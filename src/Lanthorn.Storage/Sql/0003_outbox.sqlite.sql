-- News for other parts of the program, written in the transaction of what it tells of. No personal data is in it.
create table outbox (
    sequence integer primary key autoincrement,
    topic text not null,
    body text not null,
    written_at text not null
);

-- How far each subscriber has taken them.
create table outbox_position (
    subscriber text primary key,
    sequence integer not null
) without rowid;
