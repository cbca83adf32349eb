-- An executor's journal: written before anything is broadcast.

CREATE TABLE lease (
    name          text PRIMARY KEY,
    holder        uuid NOT NULL,
    fencing_token bigint NOT NULL CHECK (fencing_token > 0),
    expires_at    timestamptz NOT NULL
);

CREATE TABLE submission (
    id                uuid PRIMARY KEY,
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    first_sequence    bigint NOT NULL CHECK (first_sequence > 0),
    last_sequence     bigint NOT NULL CHECK (last_sequence >= first_sequence),
    account           bytea NOT NULL CHECK (octet_length(account) = 20),
    nonce             bigint CHECK (nonce >= 0),
    gas_limit         bigint CHECK (gas_limit > 0),
    status            text NOT NULL CHECK (status IN ('Intent', 'Signed', 'Broadcast', 'Mined', 'Final', 'Dropped', 'Failed')),
    detail            text,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CHECK (status IN ('Intent', 'Dropped', 'Failed') OR (nonce IS NOT NULL AND gas_limit IS NOT NULL))
);
CREATE UNIQUE INDEX submission_open ON submission (source_chain, destination_chain, first_sequence, account)
    WHERE status NOT IN ('Final', 'Dropped', 'Failed');
-- One account's nonce belongs to one submission as long as its transaction may still be mined.
CREATE UNIQUE INDEX submission_nonce ON submission (destination_chain, account, nonce) WHERE status NOT IN ('Dropped', 'Failed');

CREATE TABLE submission_attempt (
    transaction_hash bytea PRIMARY KEY CHECK (octet_length(transaction_hash) = 32),
    submission_id    uuid NOT NULL REFERENCES submission,
    raw_transaction  bytea NOT NULL,
    max_fee          numeric(39, 0) NOT NULL CHECK (max_fee >= 0),
    priority_fee     numeric(39, 0) NOT NULL CHECK (priority_fee >= 0 AND priority_fee <= max_fee),
    signed_at        timestamptz NOT NULL
);
CREATE INDEX submission_attempt_submission ON submission_attempt (submission_id, signed_at);
