-- Operations of ERC-4337 accounts for which a paymaster is asked to pay (ERC-7677). The API asks; whoever has the signer's key decides.

CREATE TABLE paymaster (
    chain_id    bigint PRIMARY KEY CHECK (chain_id > 0),
    contract    bytea NOT NULL CHECK (octet_length(contract) = 20),
    entry_point bytea NOT NULL CHECK (octet_length(entry_point) = 20),
    -- When a sponsor last said that it answers.
    served_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sponsorship (
    id                         uuid PRIMARY KEY,
    chain_id                   bigint NOT NULL CHECK (chain_id > 0),
    -- Only judged, so that gas can be estimated; nothing is signed.
    is_stub                    boolean NOT NULL,
    sender                     bytea NOT NULL CHECK (octet_length(sender) = 20),
    nonce                      bytea NOT NULL CHECK (octet_length(nonce) = 32),
    init_code                  bytea NOT NULL CHECK (octet_length(init_code) <= 16384),
    call_data                  bytea NOT NULL CHECK (octet_length(call_data) <= 16384),
    verification_gas           numeric(39, 0) NOT NULL CHECK (verification_gas >= 0),
    call_gas                   numeric(39, 0) NOT NULL CHECK (call_gas >= 0),
    pre_verification_gas       numeric(39, 0) NOT NULL CHECK (pre_verification_gas >= 0),
    priority_fee               numeric(39, 0) NOT NULL CHECK (priority_fee >= 0),
    max_fee                    numeric(39, 0) NOT NULL CHECK (max_fee >= 0),
    paymaster_verification_gas numeric(39, 0) NOT NULL CHECK (paymaster_verification_gas >= 0),
    paymaster_post_gas         numeric(39, 0) NOT NULL CHECK (paymaster_post_gas >= 0),
    principal                  text NOT NULL,
    status                     text NOT NULL DEFAULT 'Asked' CHECK (status IN ('Asked', 'Approved', 'Refused', 'Spent', 'Released')),
    -- Why it is refused, and what to do.
    detail                     text,
    -- Wei that it can cost; seconds of the Unix clock after which the approval is worth nothing; the signature, r, s and v.
    max_cost                   numeric(39, 0) CHECK (max_cost >= 0),
    valid_until                bigint,
    signature                  bytea CHECK (octet_length(signature) = 65),
    asked_at                   timestamptz NOT NULL DEFAULT clock_timestamp(),
    decided_at                 timestamptz,
    CHECK (status NOT IN ('Approved', 'Spent', 'Released') OR is_stub OR (max_cost IS NOT NULL AND valid_until IS NOT NULL AND signature IS NOT NULL))
);
CREATE INDEX sponsorship_asked ON sponsorship (asked_at) WHERE status = 'Asked';
CREATE INDEX sponsorship_cost ON sponsorship (chain_id, decided_at) WHERE NOT is_stub AND status IN ('Approved', 'Spent');
CREATE INDEX sponsorship_principal ON sponsorship (principal, asked_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON paymaster TO bridge_node;
GRANT SELECT ON paymaster TO bridge_api;
GRANT SELECT, DELETE, UPDATE (status, detail, max_cost, valid_until, signature, decided_at) ON sponsorship TO bridge_node;
GRANT SELECT, INSERT (id, chain_id, is_stub, sender, nonce, init_code, call_data, verification_gas, call_gas, pre_verification_gas, priority_fee, max_fee, paymaster_verification_gas,
    paymaster_post_gas, principal) ON sponsorship TO bridge_api;
