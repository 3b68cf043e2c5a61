create table site (
  name text collate "C" primary key,
  value bytea not null
);

create table account (
  id text collate "C" primary key,
  name text collate "C" not null unique,
  email text collate "C" unique,
  role text collate "C" not null,
  organisation text collate "C" not null,
  password_hash text collate "C",
  must_change bigint not null,
  stamp text collate "C" not null,
  is_active bigint not null,
  failed_count bigint not null,
  locked_until bigint,
  added_at bigint not null
);

create table token (
  id text collate "C" primary key,
  account text collate "C" not null references account,
  name text collate "C" not null,
  hash bytea not null unique,
  added_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);

create index token_of_account on token (account);

create table applicant (
  id text collate "C" primary key,
  organisation text collate "C" not null,
  state text collate "C" not null,
  name_sealed bytea not null,
  note_sealed bytea not null,
  added_by text collate "C" not null references account,
  added_at bigint not null
);

create index applicant_of_organisation on applicant (organisation, added_at, id);

create table audit (
  sequence bigint primary key,
  at bigint not null,
  account text collate "C" not null,
  role text collate "C" not null,
  what text collate "C" not null,
  applicant text collate "C",
  hash bytea not null
);

create table audit_head (
  one bigint primary key check (one = 1),
  sequence bigint not null,
  hash bytea not null,
  seal bytea not null
);
