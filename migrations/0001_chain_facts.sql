-- What was read from the chains. Everything in this file can be dropped and read again.

CREATE TABLE chain_cursor (
    chain_id         bigint PRIMARY KEY CHECK (chain_id > 0),
    height           bigint NOT NULL CHECK (height >= 0),
    hash             bytea NOT NULL CHECK (octet_length(hash) = 32),
    finalized_height bigint CHECK (finalized_height >= 0 AND finalized_height <= height),
    finalized_hash   bytea CHECK (octet_length(finalized_hash) = 32),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CHECK ((finalized_height IS NULL) = (finalized_hash IS NULL))
);

-- The newest blocks of each chain, to find the common ancestor after a reorg.
CREATE TABLE block (
    chain_id bigint NOT NULL,
    height   bigint NOT NULL CHECK (height >= 0),
    hash     bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (chain_id, height)
);

CREATE TABLE lane (
    source_chain      bigint NOT NULL CHECK (source_chain > 0),
    destination_chain bigint NOT NULL CHECK (destination_chain > 0 AND destination_chain <> source_chain),
    lane_id           bytea NOT NULL UNIQUE CHECK (octet_length(lane_id) = 32),
    PRIMARY KEY (source_chain, destination_chain)
);

CREATE TABLE message (
    message_id        bytea PRIMARY KEY CHECK (octet_length(message_id) = 32),
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    sequence          bigint NOT NULL CHECK (sequence > 0),
    wire              bytea NOT NULL,
    kind              smallint NOT NULL CHECK (kind IN (1, 2, 3)),
    asset_id          bigint NOT NULL CHECK (asset_id BETWEEN 0 AND 4294967295),
    recipient         bytea NOT NULL CHECK (octet_length(recipient) = 20),
    sender            bytea NOT NULL CHECK (octet_length(sender) = 20),
    amount            numeric(39, 0) NOT NULL CHECK (amount >= 0 AND amount < 340282366920938463463374607431768211456),
    fee               numeric(39, 0) NOT NULL CHECK (fee >= 0 AND fee <= amount),
    block_height      bigint NOT NULL CHECK (block_height >= 0),
    block_hash        bytea NOT NULL CHECK (octet_length(block_hash) = 32),
    block_time        timestamptz NOT NULL,
    transaction_hash  bytea NOT NULL CHECK (octet_length(transaction_hash) = 32),
    log_index         bigint NOT NULL CHECK (log_index >= 0),
    status            text NOT NULL CHECK (status IN
        ('Observed', 'Finalized', 'Certified', 'Submitted', 'Executed', 'Deferred', 'Delivered', 'Orphaned')),
    observed_at       timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (source_chain, destination_chain) REFERENCES lane
);

-- One message at each sequence; what a reorg replaced stays beside it.
CREATE UNIQUE INDEX message_canonical ON message (source_chain, destination_chain, sequence) WHERE status <> 'Orphaned';
CREATE INDEX message_open ON message (source_chain, destination_chain, sequence) WHERE status NOT IN ('Delivered', 'Orphaned');
CREATE INDEX message_block ON message (source_chain, block_height);
CREATE INDEX message_newest ON message (observed_at DESC, message_id DESC);
CREATE INDEX message_sender ON message (sender, observed_at DESC);
CREATE INDEX message_recipient ON message (recipient, observed_at DESC);
CREATE INDEX message_transaction ON message (transaction_hash);

-- Another message at a sequence whose message was final: evidence of a source that broke its word, and never applied.
CREATE TABLE message_conflict (
    message_id        bytea PRIMARY KEY CHECK (octet_length(message_id) = 32),
    known_id          bytea NOT NULL REFERENCES message CHECK (known_id <> message_id),
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    sequence          bigint NOT NULL CHECK (sequence > 0),
    wire              bytea NOT NULL,
    block_height      bigint NOT NULL CHECK (block_height >= 0),
    block_hash        bytea NOT NULL CHECK (octet_length(block_hash) = 32),
    transaction_hash  bytea NOT NULL CHECK (octet_length(transaction_hash) = 32),
    found_at          timestamptz NOT NULL DEFAULT now()
);

-- One row for each change of a status, and none is ever changed.
CREATE TABLE transition (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id  bytea NOT NULL REFERENCES message,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    event       text NOT NULL,
    from_status text,
    to_status   text NOT NULL,
    detail      text
);
CREATE INDEX transition_message ON transition (message_id, id);

-- What the destination's Bridge said, in one table for its three events: a batch delivered, a message deferred, a message retried.
CREATE TABLE delivery_event (
    destination_chain bigint NOT NULL,
    transaction_hash  bytea NOT NULL CHECK (octet_length(transaction_hash) = 32),
    log_index         bigint NOT NULL CHECK (log_index >= 0),
    kind              text NOT NULL CHECK (kind IN ('Delivered', 'Deferred', 'Retried')),
    source_chain      bigint NOT NULL,
    first_sequence    bigint NOT NULL CHECK (first_sequence > 0),
    last_sequence     bigint NOT NULL CHECK (last_sequence >= first_sequence),
    rolling_hash      bytea CHECK (octet_length(rolling_hash) = 32),
    account           bytea CHECK (octet_length(account) = 20),
    reason            bytea,
    block_height      bigint NOT NULL CHECK (block_height >= 0),
    block_hash        bytea NOT NULL CHECK (octet_length(block_hash) = 32),
    block_time        timestamptz NOT NULL,
    PRIMARY KEY (destination_chain, transaction_hash, log_index)
);
CREATE INDEX delivery_event_lane ON delivery_event (source_chain, destination_chain, last_sequence);
CREATE INDEX delivery_event_transaction ON delivery_event (transaction_hash);
CREATE INDEX delivery_event_single ON delivery_event (source_chain, destination_chain, first_sequence) WHERE kind <> 'Delivered';
CREATE INDEX delivery_event_block ON delivery_event (destination_chain, block_height);

CREATE TABLE asset (
    chain_id bigint NOT NULL,
    asset_id bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    token    bytea NOT NULL CHECK (octet_length(token) = 20),
    mode     text NOT NULL CHECK (mode IN ('lock', 'mint')),
    symbol   text NOT NULL,
    decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 255),
    PRIMARY KEY (chain_id, asset_id)
);

CREATE TABLE validator_set (
    chain_id   bigint NOT NULL,
    epoch      bigint NOT NULL CHECK (epoch > 0),
    bridge     bytea NOT NULL CHECK (octet_length(bridge) = 20),
    members    bytea[] NOT NULL CHECK (cardinality(members) BETWEEN 1 AND 255),
    threshold  integer NOT NULL CHECK (threshold BETWEEN 2 * cardinality(members) / 3 + 1 AND cardinality(members)),
    is_current boolean NOT NULL,
    PRIMARY KEY (chain_id, epoch)
);
CREATE UNIQUE INDEX validator_set_current ON validator_set (chain_id) WHERE is_current;

-- A lane that stopped stays stopped until a person resumes it; the history is kept.
CREATE TABLE lane_halt (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    code              text NOT NULL,
    reason            text NOT NULL,
    halted_at         timestamptz NOT NULL DEFAULT now(),
    resumed_at        timestamptz,
    resumed_by        text,
    resumed_why       text,
    CHECK ((resumed_at IS NULL) = (resumed_by IS NULL) AND (resumed_at IS NULL) = (resumed_why IS NULL))
);
CREATE UNIQUE INDEX lane_halt_current ON lane_halt (source_chain, destination_chain) WHERE resumed_at IS NULL;

CREATE TABLE heartbeat (
    component text PRIMARY KEY,
    state     text NOT NULL CHECK (state IN ('ok', 'stalled')),
    detail    text,
    beaten_at timestamptz NOT NULL DEFAULT now()
);
