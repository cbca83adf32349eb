-- Who may do more than everybody, what was asked twice, and what a submitter does for others.

-- Only the hash of a key is kept: 32 random bytes need no salt and no slow hash.
CREATE TABLE api_key (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    scopes      text[] NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz,
    revoked_at  timestamptz
);

-- The first answer to each key of each caller, for 24 hours. Without an answer the first request is still under way, or its process died.
CREATE TABLE idempotency (
    principal    text NOT NULL,
    key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    body_hash    bytea NOT NULL CHECK (octet_length(body_hash) = 32),
    claim        uuid NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    status       integer,
    content_type text,
    location     text,
    body         text,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_started ON idempotency (started_at);

-- What a submitter does in somebody else's name: it sends what an owner signed, or retries a deferred message. Its journal, like submission is the executor's.
CREATE TABLE errand (
    id                uuid PRIMARY KEY,
    kind              text NOT NULL CHECK (kind IN ('Intent', 'Retry')),
    chain_id          bigint NOT NULL CHECK (chain_id > 0),
    contract          bytea CHECK (octet_length(contract) = 20),
    method            text CHECK (method IN ('Allowance', 'Authorization', 'Permit2')),
    owner             bytea CHECK (octet_length(owner) = 20),
    destination_chain bigint,
    asset_id          bigint,
    recipient         bytea CHECK (octet_length(recipient) = 20),
    amount            numeric(39, 0),
    fee               numeric(39, 0),
    relayer_fee       numeric(39, 0),
    deadline          bigint,
    intent_nonce      numeric(39, 0),
    digest            bytea CHECK (octet_length(digest) = 32),
    signature         bytea CHECK (octet_length(signature) BETWEEN 1 AND 8192),
    -- Of a retry: which message. Of an intent: what it became.
    message_id        bytea CHECK (octet_length(message_id) = 32),
    quote_id          uuid,
    principal         text NOT NULL,
    status            text NOT NULL DEFAULT 'Accepted' CHECK (status IN ('Accepted', 'Signed', 'Broadcast', 'Mined', 'Final', 'Refused', 'Failed')),
    detail            text,
    account           bytea CHECK (octet_length(account) = 20),
    nonce             bigint CHECK (nonce >= 0),
    gas_limit         bigint CHECK (gas_limit > 0),
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CHECK (status IN ('Accepted', 'Refused') OR (nonce IS NOT NULL AND gas_limit IS NOT NULL AND account IS NOT NULL)),
    CHECK (kind <> 'Intent' OR (contract IS NOT NULL AND method IS NOT NULL AND owner IS NOT NULL AND destination_chain IS NOT NULL AND asset_id IS NOT NULL
        AND recipient IS NOT NULL AND amount IS NOT NULL AND fee IS NOT NULL AND relayer_fee IS NOT NULL AND deadline IS NOT NULL AND intent_nonce IS NOT NULL
        AND digest IS NOT NULL AND signature IS NOT NULL)),
    CHECK (kind <> 'Retry' OR message_id IS NOT NULL)
);
-- One signature is submitted once, however often it is handed in; after a refusal it may be tried again.
CREATE UNIQUE INDEX errand_intent ON errand (digest) WHERE kind = 'Intent' AND status NOT IN ('Refused', 'Failed');
CREATE UNIQUE INDEX errand_retry ON errand (message_id) WHERE kind = 'Retry' AND status NOT IN ('Final', 'Refused', 'Failed');
CREATE UNIQUE INDEX errand_nonce ON errand (chain_id, account, nonce) WHERE nonce IS NOT NULL;
CREATE INDEX errand_open ON errand (chain_id, created_at) WHERE status NOT IN ('Final', 'Refused', 'Failed');
CREATE INDEX errand_owner ON errand (owner, created_at);
CREATE INDEX errand_message ON errand (message_id, created_at);
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON errand FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE errand_attempt (
    transaction_hash bytea PRIMARY KEY CHECK (octet_length(transaction_hash) = 32),
    errand_id        uuid NOT NULL REFERENCES errand,
    raw_transaction  bytea NOT NULL,
    max_fee          numeric(39, 0) NOT NULL CHECK (max_fee >= 0),
    priority_fee     numeric(39, 0) NOT NULL CHECK (priority_fee >= 0 AND priority_fee <= max_fee),
    is_cancel        boolean NOT NULL,
    signed_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX errand_attempt_errand ON errand_attempt (errand_id, signed_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON errand_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- That a transaction came of a quote. Funds never depend on it.
CREATE TABLE transfer_registration (
    transaction_hash bytea NOT NULL CHECK (octet_length(transaction_hash) = 32),
    quote_id         uuid NOT NULL,
    route_id         text NOT NULL,
    principal        text NOT NULL,
    registered_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (transaction_hash, quote_id)
);

-- Who asked that a transfer be looked at again. A row each time, and none is ever changed.
CREATE TABLE nudge (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id bytea NOT NULL CHECK (octet_length(message_id) = 32),
    principal  text NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX nudge_message ON nudge (message_id, at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nudge FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_key TO bridge_node;
GRANT SELECT ON api_key TO bridge_api;
GRANT SELECT, DELETE ON idempotency TO bridge_node;
GRANT SELECT, INSERT (principal, key, body_hash, claim), UPDATE (body_hash, claim, started_at, status, content_type, location, body) ON idempotency TO bridge_api;
GRANT SELECT, INSERT, UPDATE (status, detail, account, nonce, gas_limit, message_id, updated_at) ON errand TO bridge_node;
GRANT SELECT, INSERT (id, kind, chain_id, contract, method, owner, destination_chain, asset_id, recipient, amount, fee, relayer_fee, deadline, intent_nonce, digest, signature,
    message_id, quote_id, principal) ON errand TO bridge_api;
GRANT SELECT, INSERT ON errand_attempt TO bridge_node;
GRANT SELECT (transaction_hash, errand_id, max_fee, priority_fee, is_cancel, signed_at) ON errand_attempt TO bridge_api;
GRANT SELECT ON transfer_registration, nudge TO bridge_node;
GRANT SELECT, INSERT (transaction_hash, quote_id, route_id, principal) ON transfer_registration TO bridge_api;
GRANT SELECT, INSERT (message_id, principal) ON nudge TO bridge_api;
