-- A relayer's: who attested to what.

-- What was offered, by the bus or by a stranger over HTTP. Nothing here is believed.
CREATE TABLE attestation_intake (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    lane_id           bytea NOT NULL CHECK (octet_length(lane_id) = 32),
    sequence          bigint NOT NULL CHECK (sequence > 0),
    rolling_hash      bytea NOT NULL CHECK (octet_length(rolling_hash) = 32),
    epoch             bigint NOT NULL CHECK (epoch >= 0),
    signature         bytea NOT NULL CHECK (octet_length(signature) = 64),
    via               text NOT NULL,
    offered_at        timestamptz NOT NULL DEFAULT now(),
    judged_at         timestamptz,
    refusal           text,
    UNIQUE (lane_id, sequence, rolling_hash, epoch, signature)
);
CREATE INDEX attestation_intake_pending ON attestation_intake (id) WHERE judged_at IS NULL;

-- What was verified: the signer is recovered and is a member of the destination's set.
CREATE TABLE attestation (
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    lane_id           bytea NOT NULL CHECK (octet_length(lane_id) = 32),
    sequence          bigint NOT NULL CHECK (sequence > 0),
    epoch             bigint NOT NULL CHECK (epoch > 0),
    signer            bytea NOT NULL CHECK (octet_length(signer) = 20),
    rolling_hash      bytea NOT NULL CHECK (octet_length(rolling_hash) = 32),
    signature         bytea NOT NULL CHECK (octet_length(signature) = 64),
    received_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_chain, destination_chain, sequence, epoch, signer, rolling_hash)
);

-- Two rolling hashes at one sequence by one signer: a portable proof of fault. Both attestations are kept above.
CREATE TABLE equivocation (
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    sequence          bigint NOT NULL,
    signer            bytea NOT NULL CHECK (octet_length(signer) = 20),
    found_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_chain, destination_chain, sequence, signer)
);

CREATE TABLE certificate (
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    lane_id           bytea NOT NULL CHECK (octet_length(lane_id) = 32),
    sequence          bigint NOT NULL CHECK (sequence > 0),
    epoch             bigint NOT NULL CHECK (epoch > 0),
    rolling_hash      bytea NOT NULL CHECK (octet_length(rolling_hash) = 32),
    signers           bytea NOT NULL CHECK (octet_length(signers) = 32),
    signatures        bytea NOT NULL CHECK (octet_length(signatures) > 0 AND octet_length(signatures) % 64 = 0),
    certified_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_chain, destination_chain, sequence, epoch)
);
