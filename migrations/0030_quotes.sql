-- What quotes are made of. A relayer reads it from the chains for the API, which has no endpoint. It is advice: the contracts decide.

CREATE TABLE chain_state (
    chain_id     bigint PRIMARY KEY CHECK (chain_id > 0),
    bridge       bytea NOT NULL CHECK (octet_length(bridge) = 20),
    intents      bytea CHECK (octet_length(intents) = 20),
    permit2      bytea CHECK (octet_length(permit2) = 20),
    base_fee     numeric(39, 0) NOT NULL CHECK (base_fee >= 0),
    priority_fee numeric(39, 0) NOT NULL CHECK (priority_fee >= 0),
    -- Wei on top of gas that the chain takes for publishing the delivery of one message.
    data_fee     numeric(39, 0) NOT NULL CHECK (data_fee >= 0),
    height       bigint NOT NULL CHECK (height >= 0),
    block_time   timestamptz NOT NULL,
    read_at      timestamptz NOT NULL DEFAULT now()
);

-- One asset's way through a lane. Amounts are base units; a capacity of 0 in outbound means no limit.
CREATE TABLE route (
    source_chain       bigint NOT NULL,
    destination_chain  bigint NOT NULL,
    asset_id           bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    is_open            boolean NOT NULL,
    fee_transfer       numeric(39, 0) NOT NULL,
    fee_transfer_to    numeric(39, 0) NOT NULL,
    fee_call_base      numeric(39, 0) NOT NULL,
    fee_call_per_gas   numeric(39, 0) NOT NULL,
    fee_call_per_byte  numeric(39, 0) NOT NULL,
    outbound_capacity  numeric(39, 0) NOT NULL,
    outbound_period    bigint NOT NULL,
    outbound_available numeric(39, 0) NOT NULL,
    inbound_capacity   numeric(39, 0) NOT NULL,
    inbound_period     bigint NOT NULL,
    inbound_available  numeric(39, 0) NOT NULL,
    hold_threshold     numeric(39, 0) NOT NULL,
    hold_seconds       bigint NOT NULL,
    -- What the destination's Bridge has to give where the asset is at home; null where it mints.
    locked             numeric(39, 0),
    paused_until       timestamptz,
    paused_what        text,
    -- What 10^18 wei of either end's coin are worth in base units; null where nobody says.
    source_coin        numeric(39, 0),
    destination_coin   numeric(39, 0),
    read_at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_chain, destination_chain, asset_id),
    CHECK ((paused_until IS NULL) = (paused_what IS NULL))
);

-- What a token's owner can sign in the place of a transaction, and under which EIP-712 domain.
CREATE TABLE token_signing (
    chain_id      bigint NOT NULL,
    asset_id      bigint NOT NULL,
    name          text NOT NULL,
    version       text NOT NULL,
    permit        boolean NOT NULL,
    transfer_authorization boolean NOT NULL,
    read_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, asset_id)
);

-- A question of the API about an account, answered from the chain. Amounts above 2^128 - 1 are shown as that.
CREATE TABLE account_look (
    chain_id       bigint NOT NULL,
    account        bytea NOT NULL CHECK (octet_length(account) = 20),
    asset_id       bigint NOT NULL,
    asked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    answered_at    timestamptz,
    code           text CHECK (code IN ('none', 'contract', 'delegated')),
    coin           numeric(39, 0),
    balance        numeric(39, 0),
    to_bridge      numeric(39, 0),
    to_intents     numeric(39, 0),
    to_permit2     numeric(39, 0),
    permit_nonce   numeric(39, 0),
    PRIMARY KEY (chain_id, account, asset_id),
    CHECK ((answered_at IS NULL) = (code IS NULL))
);
CREATE INDEX account_look_open ON account_look (asked_at) WHERE answered_at IS NULL;

CREATE TABLE quote (
    id         uuid PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    body       text NOT NULL
);
CREATE INDEX quote_created ON quote (created_at);
CREATE TRIGGER never_changed BEFORE UPDATE ON quote FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE, DELETE ON chain_state, route, token_signing, account_look TO bridge_node;
GRANT SELECT, DELETE ON quote TO bridge_node;
GRANT SELECT ON chain_state, route, token_signing, account_look, quote TO bridge_api;
GRANT INSERT (chain_id, account, asset_id), UPDATE (asked_at, answered_at, code) ON account_look TO bridge_api;
GRANT INSERT (id, expires_at, body) ON quote TO bridge_api;
