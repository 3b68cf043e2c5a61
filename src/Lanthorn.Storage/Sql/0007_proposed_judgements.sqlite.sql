-- A judgement that waits for a second person. It is seen by those of the organisation who see its label and both records.
-- state: 1 waits, 2 confirmed (the judgement is made), 3 objected to, 4 taken back by whoever proposed it.
create table proposed_judgement (
    id integer primary key,
    left_id blob not null,
    right_id blob not null,
    verdict integer not null,
    label_id integer not null references label (id),
    proposed_by text not null,
    organisation text not null,
    proposed_at text not null,
    reason text not null,
    state integer not null,
    closed_by text,
    closed_at text,
    closed_reason text
);
create index proposed_judgement_state on proposed_judgement (organisation, state);
create index proposed_judgement_left on proposed_judgement (left_id);
create index proposed_judgement_right on proposed_judgement (right_id);
