create table site (
  name text primary key,
  value blob not null
) strict;

create table account (
  id text primary key,
  name text not null unique,
  email text unique,
  role text not null,
  organisation text not null,
  password_hash text,
  must_change integer not null,
  stamp text not null,
  is_active integer not null,
  failed_count integer not null,
  locked_until integer,
  added_at integer not null
) strict;

create table token (
  id text primary key,
  account text not null references account,
  name text not null,
  hash blob not null unique,
  added_at integer not null,
  expires_at integer not null,
  revoked_at integer
) strict;

create index token_of_account on token (account);

create table applicant (
  id text primary key,
  organisation text not null,
  state text not null,
  name_sealed blob not null,
  note_sealed blob not null,
  added_by text not null references account,
  added_at integer not null
) strict;

create index applicant_of_organisation on applicant (organisation, added_at, id);

create table audit (
  sequence integer primary key,
  at integer not null,
  account text not null,
  role text not null,
  what text not null,
  applicant text,
  hash blob not null
) strict;

create table audit_head (
  one integer primary key check (one = 1),
  sequence integer not null,
  hash blob not null,
  seal blob not null
) strict;
