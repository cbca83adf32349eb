-- The operator's name on a proof of reserves, put there by a node with the key of the log: the auditor that writes the statements has none.
CREATE TABLE reserve_signature (
    statement_id bigint PRIMARY KEY REFERENCES reserve_statement,
    signer       bytea NOT NULL CHECK (octet_length(signer) = 20),
    signature    bytea NOT NULL CHECK (octet_length(signature) = 64),
    signed_at    timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reserve_signature FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON reserve_signature TO bridge_node;
GRANT SELECT ON reserve_signature TO bridge_api;
