-- The executor's journal says more: what has a nonce and no signature yet, what was mined without effect, and what only spends a nonce.

ALTER TABLE submission DROP CONSTRAINT submission_status_check;
ALTER TABLE submission ADD CONSTRAINT submission_status_check CHECK (status IN
    ('Intent', 'Reserved', 'Signed', 'Broadcast', 'Mined', 'Void', 'Final', 'Dropped', 'Failed'));

-- What was mined without effect is planned anew before its block is final.
DROP INDEX submission_open;
CREATE UNIQUE INDEX submission_open ON submission (source_chain, destination_chain, first_sequence, account)
    WHERE status NOT IN ('Void', 'Final', 'Dropped', 'Failed');

-- A nonce is given again only if nothing was ever mined with it.
DROP INDEX submission_nonce;
CREATE UNIQUE INDEX submission_nonce ON submission (destination_chain, account, nonce) WHERE status <> 'Dropped';

-- Pays nothing to the account itself.
ALTER TABLE submission_attempt ADD COLUMN is_cancel boolean NOT NULL DEFAULT false;
GRANT SELECT (is_cancel) ON submission_attempt TO bridge_api;

-- An account on a chain: every nonce below settled_nonce was there before this journal, or is explained by it.
CREATE TABLE executor_account (
    chain_id      bigint NOT NULL CHECK (chain_id > 0),
    account       bytea NOT NULL CHECK (octet_length(account) = 20),
    settled_nonce bigint NOT NULL CHECK (settled_nonce >= 0),
    PRIMARY KEY (chain_id, account)
);

-- An account whose key somebody else used is left alone until a person releases it; the history is kept.
CREATE TABLE account_quarantine (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id       bigint NOT NULL CHECK (chain_id > 0),
    account        bytea NOT NULL CHECK (octet_length(account) = 20),
    reason         text NOT NULL,
    quarantined_at timestamptz NOT NULL DEFAULT now(),
    released_at    timestamptz,
    released_by    text,
    released_why   text,
    CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (released_why IS NULL))
);
CREATE UNIQUE INDEX account_quarantine_current ON account_quarantine (chain_id, account) WHERE released_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON executor_account TO bridge_node;
GRANT SELECT, INSERT, UPDATE ON account_quarantine TO bridge_node;
GRANT SELECT ON executor_account, account_quarantine TO bridge_api;
