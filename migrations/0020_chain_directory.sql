-- What the Bridges say of themselves, written down every few seconds by the process that watches the chains: the API has no endpoint to ask.

-- Which assets a Bridge has registered, by its events; a reorg takes them back.
CREATE TABLE asset_registration (
    chain_id     bigint NOT NULL,
    asset_id     bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    block_height bigint NOT NULL CHECK (block_height >= 0),
    PRIMARY KEY (chain_id, asset_id)
);

-- A name by which people know the chain, how its blocks become final, and when it last moved.
CREATE TABLE chain (
    chain_id     bigint PRIMARY KEY CHECK (chain_id > 0),
    name         text NOT NULL,
    bridge       bytea NOT NULL CHECK (octet_length(bridge) = 20),
    gateway      bytea NOT NULL CHECK (octet_length(gateway) = 20),
    finality     text NOT NULL,
    fee_model    text NOT NULL,
    head_height  bigint NOT NULL CHECK (head_height >= 0),
    head_time    timestamptz NOT NULL,
    final_height bigint NOT NULL CHECK (final_height >= 0),
    final_time   timestamptz NOT NULL,
    paused_until timestamptz,
    seen_at      timestamptz NOT NULL DEFAULT now()
);

-- One end of a lane: whether this chain's Bridge knows the other, and until when it stops both directions.
CREATE TABLE lane_end (
    chain_id     bigint NOT NULL,
    other_chain  bigint NOT NULL CHECK (other_chain <> chain_id),
    is_open      boolean NOT NULL,
    paused_until timestamptz,
    seen_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, other_chain)
);

-- The token buckets of an asset on a chain, in base units: what may come in, and what may be sent; without a limit both are null.
CREATE TABLE asset_limit (
    chain_id           bigint NOT NULL,
    asset_id           bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    locked             numeric(39, 0) NOT NULL CHECK (locked >= 0),
    inbound_capacity   numeric(39, 0) NOT NULL CHECK (inbound_capacity >= 0),
    inbound_available  numeric(39, 0) NOT NULL CHECK (inbound_available BETWEEN 0 AND inbound_capacity),
    inbound_period     bigint NOT NULL CHECK (inbound_period >= 0),
    outbound_capacity  numeric(39, 0) CHECK (outbound_capacity > 0),
    outbound_available numeric(39, 0) CHECK (outbound_available BETWEEN 0 AND outbound_capacity),
    outbound_period    bigint CHECK (outbound_period > 0),
    hold_threshold     numeric(39, 0) CHECK (hold_threshold > 0),
    hold_seconds       bigint CHECK (hold_seconds >= 0),
    paused_until       timestamptz,
    seen_at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, asset_id),
    CHECK ((outbound_capacity IS NULL) = (outbound_available IS NULL) AND (outbound_capacity IS NULL) = (outbound_period IS NULL)),
    CHECK ((hold_threshold IS NULL) = (hold_seconds IS NULL))
);

-- The least fee for sending an asset through a lane, in its base units. No row where it cannot be sent.
CREATE TABLE minimum_fee (
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    asset_id          bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    transfer          numeric(39, 0) NOT NULL CHECK (transfer >= 0),
    transfer_to       numeric(39, 0) NOT NULL CHECK (transfer_to >= 0),
    call_base         numeric(39, 0) NOT NULL CHECK (call_base >= 0),
    call_per_gas      numeric(39, 0) NOT NULL CHECK (call_per_gas >= 0),
    call_per_byte     numeric(39, 0) NOT NULL CHECK (call_per_byte >= 0),
    seen_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_chain, destination_chain, asset_id)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON asset_registration, minimum_fee TO bridge_node;
GRANT SELECT, INSERT, UPDATE ON chain, lane_end, asset_limit TO bridge_node;
GRANT SELECT ON asset_registration, chain, lane_end, asset_limit, minimum_fee TO bridge_api;
