-- Who wants to be told, what they were told, and how it went.

CREATE TABLE webhook (
    id              uuid PRIMARY KEY,
    key_id          uuid NOT NULL REFERENCES api_key,
    url             text NOT NULL CHECK (length(url) <= 2048),
    description     text CHECK (length(description) <= 200),
    -- Only transfers of this account; null: all.
    account         bytea CHECK (octet_length(account) = 20),
    secret          bytea NOT NULL CHECK (octet_length(secret) BETWEEN 24 AND 64),
    previous_secret bytea,
    previous_until  timestamptz,
    -- The last transition that deliveries were made of.
    fanned_to       bigint NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    disabled_at     timestamptz,
    disabled_why    text,
    deleted_at      timestamptz,
    CHECK ((disabled_at IS NULL) = (disabled_why IS NULL)),
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL))
);
CREATE INDEX webhook_key ON webhook (key_id) WHERE deleted_at IS NULL;

CREATE TABLE webhook_delivery (
    id            uuid PRIMARY KEY,
    webhook_id    uuid NOT NULL REFERENCES webhook,
    -- Null: a test.
    transition_id bigint,
    body          text NOT NULL,
    status        text NOT NULL DEFAULT 'Pending' CHECK (status IN ('Pending', 'Delivered', 'Failed')),
    tries         integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    next_at       timestamptz NOT NULL DEFAULT now(),
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (webhook_id, transition_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE status = 'Pending';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (webhook_id, created_at DESC, id DESC);

CREATE TABLE webhook_attempt (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id       uuid NOT NULL REFERENCES webhook_delivery,
    at                timestamptz NOT NULL DEFAULT clock_timestamp(),
    took_milliseconds integer NOT NULL,
    response_status   integer,
    note              text
);
CREATE INDEX webhook_attempt_delivery ON webhook_attempt (delivery_id, id);

GRANT SELECT, INSERT (id, key_id, url, description, account, secret, fanned_to),
    UPDATE (secret, previous_secret, previous_until, fanned_to, disabled_at, disabled_why, deleted_at) ON webhook TO bridge_api;
GRANT SELECT, INSERT (id, webhook_id, transition_id, body), UPDATE (status, tries, next_at) ON webhook_delivery TO bridge_api;
GRANT SELECT, INSERT (delivery_id, took_milliseconds, response_status, note) ON webhook_attempt TO bridge_api;
-- What is older than thirty days is removed by a node.
GRANT SELECT, DELETE ON webhook_delivery, webhook_attempt TO bridge_node;
