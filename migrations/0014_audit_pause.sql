-- What the auditor's guardian paused. A row for each chain and each verdict that made it; without a transaction where the pause was in force already.
CREATE TABLE audit_pause (
    chain_id         bigint NOT NULL CHECK (chain_id > 0),
    verdict_id       bigint NOT NULL REFERENCES audit_verdict,
    transaction_hash bytea CHECK (octet_length(transaction_hash) = 32),
    at               timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (chain_id, verdict_id)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_verdict FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_pause FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON audit_pause TO bridge_node;
GRANT SELECT ON audit_pause TO bridge_api;
