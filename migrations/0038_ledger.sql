-- Double entry of each asset on each chain: what this organisation's own reading of the messages explains, beside what the chain holds.
-- Where more exists, or less is locked, than messages explain, its validator signs nothing that would move the difference on.
CREATE TABLE ledger_account (
    chain_id         bigint NOT NULL CHECK (chain_id > 0),
    asset_id         bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    is_home          boolean NOT NULL,
    height           bigint NOT NULL CHECK (height >= 0),
    block_hash       bytea NOT NULL CHECK (octet_length(block_hash) = 32),
    arrived          numeric NOT NULL CHECK (arrived >= 0),
    sent             numeric NOT NULL CHECK (sent >= 0),
    held             numeric NOT NULL CHECK (held >= 0),
    unexplained      numeric NOT NULL CHECK (unexplained >= 0),
    accepted         numeric NOT NULL CHECK (accepted >= 0),
    -- Since when more is unexplained than was accepted.
    broken_since     timestamptz,
    checked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (chain_id, asset_id)
);

-- What was found to be unexplained: a row each time that the amount changes, and none is ever changed.
CREATE TABLE ledger_finding (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id    bigint NOT NULL,
    asset_id    bigint NOT NULL,
    height      bigint NOT NULL,
    block_hash  bytea NOT NULL CHECK (octet_length(block_hash) = 32),
    unexplained numeric NOT NULL CHECK (unexplained > 0),
    detail      text NOT NULL,
    found_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ledger_finding_account ON ledger_finding (chain_id, asset_id, id DESC);

-- Up to how much unexplained a person accepts from now on; the newest counts.
CREATE TABLE ledger_amendment (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id   bigint NOT NULL CHECK (chain_id > 0),
    asset_id   bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    accepted   numeric NOT NULL CHECK (accepted >= 0),
    decided_by text NOT NULL CHECK (decided_by <> ''),
    why        text NOT NULL CHECK (why <> ''),
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ledger_amendment_account ON ledger_amendment (chain_id, asset_id, id DESC);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_amendment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE ON ledger_account TO bridge_node;
GRANT SELECT, INSERT ON ledger_finding, ledger_amendment TO bridge_node;
GRANT SELECT ON ledger_account, ledger_finding, ledger_amendment TO bridge_api;
