-- Messages of the bus that nothing could be done with: kept for a person, with the reason, and no more of the body than 64 KiB.
CREATE TABLE parked (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue        text NOT NULL,
    content_type text,
    reason       text NOT NULL,
    body         bytea NOT NULL CHECK (octet_length(body) <= 65536),
    body_size    bigint NOT NULL CHECK (body_size >= octet_length(body)),
    parked_at    timestamptz NOT NULL DEFAULT now(),
    ended_at     timestamptz,
    ended_as     text CHECK (ended_as IN ('replayed', 'discarded')),
    ended_by     text,
    ended_why    text,
    CHECK ((ended_at IS NULL) = (ended_as IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_why IS NULL))
);
CREATE INDEX parked_open ON parked (id) WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_as, ended_by, ended_why) ON parked TO bridge_node;

-- Who signed what is not judged yet, where that could be told: each signer has a quota. Judged rows are removed after a while.
ALTER TABLE attestation_intake ADD COLUMN signer bytea CHECK (octet_length(signer) = 20);
GRANT INSERT (signer) ON attestation_intake TO bridge_api;
GRANT DELETE ON attestation_intake TO bridge_node;

-- A validator looks for attestations by its own key that it has not made.
CREATE INDEX attestation_signer ON attestation (signer, received_at);

-- What is not delivered is handed over again: the relayer may have lost it with its broker or its database.
GRANT UPDATE (at) ON handover TO bridge_node;
