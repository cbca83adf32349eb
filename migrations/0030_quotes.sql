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

-- What 10^18 wei of a chain's coin are worth in base units of an asset, where the operator says so.
CREATE TABLE coin_price (
    chain_id bigint NOT NULL,
    asset_id bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    units    numeric(39, 0) NOT NULL CHECK (units > 0),
    PRIMARY KEY (chain_id, asset_id)
);

-- One asset's way through a lane, from what was written down of both ends. Amounts are base units; a capacity of 0 in outbound means no limit.
-- Of the pauses, the one that lasts longest. Locked is what the destination's Bridge has to give where the asset is at home; null where it mints.
CREATE VIEW route AS
SELECT l.source_chain, l.destination_chain, s.asset_id, f.asset_id IS NOT NULL AS is_open,
    COALESCE(f.transfer, 0) AS fee_transfer, COALESCE(f.transfer_to, 0) AS fee_transfer_to, COALESCE(f.call_base, 0) AS fee_call_base,
    COALESCE(f.call_per_gas, 0) AS fee_call_per_gas, COALESCE(f.call_per_byte, 0) AS fee_call_per_byte,
    COALESCE(s.outbound_capacity, 0) AS outbound_capacity, COALESCE(s.outbound_period, 0) AS outbound_period, COALESCE(s.outbound_available, 0) AS outbound_available,
    d.inbound_capacity, d.inbound_period, d.inbound_available, COALESCE(d.hold_threshold, 0) AS hold_threshold, COALESCE(d.hold_seconds, 0) AS hold_seconds,
    CASE WHEN a.mode <> 'mint' THEN d.locked END AS locked, p.until AS paused_until, p.what AS paused_what,
    sc.units AS source_coin, dc.units AS destination_coin, LEAST(s.seen_at, d.seen_at) AS read_at
FROM lane l
JOIN asset_limit s ON s.chain_id = l.source_chain
JOIN asset_limit d ON d.chain_id = l.destination_chain AND d.asset_id = s.asset_id
JOIN asset a ON a.chain_id = l.destination_chain AND a.asset_id = s.asset_id
LEFT JOIN minimum_fee f ON f.source_chain = l.source_chain AND f.destination_chain = l.destination_chain AND f.asset_id = s.asset_id
LEFT JOIN coin_price sc ON sc.chain_id = l.source_chain AND sc.asset_id = s.asset_id
LEFT JOIN coin_price dc ON dc.chain_id = l.destination_chain AND dc.asset_id = s.asset_id
LEFT JOIN LATERAL (
    SELECT until, what FROM (
        SELECT c.paused_until, format('everything on chain %s', c.chain_id) FROM chain c WHERE c.chain_id IN (l.source_chain, l.destination_chain)
        UNION ALL
        SELECT e.paused_until, format('the lane between %s and %s on chain %s', e.chain_id, e.other_chain, e.chain_id) FROM lane_end e
        WHERE (e.chain_id, e.other_chain) IN ((l.source_chain, l.destination_chain), (l.destination_chain, l.source_chain))
        UNION ALL
        SELECT x.paused_until, format('asset %s on chain %s', x.asset_id, x.chain_id) FROM (VALUES (s.paused_until, s.asset_id, s.chain_id), (d.paused_until, d.asset_id, d.chain_id)) x (paused_until, asset_id, chain_id)
    ) pauses (until, what) WHERE until IS NOT NULL ORDER BY until DESC LIMIT 1) p ON true;

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

GRANT SELECT, INSERT, UPDATE, DELETE ON chain_state, coin_price, token_signing, account_look TO bridge_node;
GRANT SELECT, DELETE ON quote TO bridge_node;
GRANT SELECT ON route TO bridge_node;
GRANT SELECT ON chain_state, coin_price, route, token_signing, account_look, quote TO bridge_api;
GRANT INSERT (chain_id, account, asset_id), UPDATE (asked_at, answered_at, code) ON account_look TO bridge_api;
GRANT INSERT (id, expires_at, body) ON quote TO bridge_api;
