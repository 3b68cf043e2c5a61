-- See the other file of this number for what the columns mean.
create table proposed_judgement (
    id bigint primary key,
    left_id bytea not null,
    right_id bytea not null,
    verdict bigint not null,
    label_id bigint not null references label (id),
    proposed_by text collate "C" not null,
    organisation text collate "C" not null,
    proposed_at text collate "C" not null,
    reason text collate "C" not null,
    state bigint not null,
    closed_by text collate "C",
    closed_at text collate "C",
    closed_reason text collate "C"
);
create index proposed_judgement_state on proposed_judgement (organisation, state);
create index proposed_judgement_left on proposed_judgement (left_id);
create index proposed_judgement_right on proposed_judgement (right_id);
