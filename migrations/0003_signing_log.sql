-- A validator's own: what it has signed. One rolling hash for each sequence of a lane, for ever.

CREATE TABLE signing_log (
    lane_id      bytea NOT NULL CHECK (octet_length(lane_id) = 32),
    sequence     bigint NOT NULL CHECK (sequence > 0),
    rolling_hash bytea NOT NULL CHECK (octet_length(rolling_hash) = 32),
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (lane_id, sequence)
);

CREATE TABLE signing_conflict (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    lane_id      bytea NOT NULL,
    sequence     bigint NOT NULL,
    rolling_hash bytea NOT NULL CHECK (octet_length(rolling_hash) = 32),
    refused_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (lane_id, sequence, rolling_hash),
    FOREIGN KEY (lane_id, sequence) REFERENCES signing_log
);

CREATE TABLE signature (
    lane_id   bytea NOT NULL,
    sequence  bigint NOT NULL,
    epoch     bigint NOT NULL CHECK (epoch > 0),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64),
    signed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (lane_id, sequence, epoch),
    FOREIGN KEY (lane_id, sequence) REFERENCES signing_log
);

-- Which relayer has got which signature.
CREATE TABLE handover (
    lane_id  bytea NOT NULL,
    sequence bigint NOT NULL,
    epoch    bigint NOT NULL,
    relayer  text NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (lane_id, sequence, epoch, relayer),
    FOREIGN KEY (lane_id, sequence, epoch) REFERENCES signature
);
