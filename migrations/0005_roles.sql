-- Group roles, granted to logins by the operator. They belong to the cluster, so another database may have made them already.
DO $$
DECLARE wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['bridge_node', 'bridge_api'] LOOP
        -- Asked first: an owner without CREATEROLE can migrate once an administrator has made them.
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- Another database made it at this very moment: exactly what is wanted.
            END;
        END IF;
    END LOOP;
END $$;

-- What is written once is not changed by anybody: not by a node, and not by its owner by mistake.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

DO $$
DECLARE kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['transition', 'message_conflict', 'attestation', 'equivocation', 'certificate', 'signing_log', 'signing_conflict', 'signature', 'submission_attempt'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    END LOOP;
END $$;

-- A reorg turns a message into an orphan, which stays.
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON message FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;

GRANT SELECT, INSERT, UPDATE, DELETE ON block, delivery_event TO bridge_node;
GRANT SELECT, INSERT, UPDATE ON chain_cursor, asset, validator_set, heartbeat, lane_halt, attestation_intake, lease, submission TO bridge_node;
GRANT SELECT, INSERT, UPDATE (status, block_height, block_hash, block_time, transaction_hash, log_index, updated_at) ON message TO bridge_node;
GRANT SELECT, INSERT ON lane, message_conflict, transition, attestation, equivocation, certificate, signing_log, signing_conflict, signature, handover, submission_attempt TO bridge_node;
GRANT SELECT ON schema_migration TO bridge_node, bridge_api;

-- The process that faces the internet reads, and offers attestations that nobody believes unread.
GRANT SELECT ON chain_cursor, lane, message, transition, delivery_event, asset, validator_set, lane_halt, heartbeat,
    attestation_intake, attestation, equivocation, certificate, submission TO bridge_api;
-- Not the raw transactions: what is signed but not broadcast yet is nobody's business.
GRANT SELECT (transaction_hash, submission_id, max_fee, priority_fee, signed_at) ON submission_attempt TO bridge_api;
GRANT INSERT (source_chain, destination_chain, lane_id, sequence, rolling_hash, epoch, signature, via) ON attestation_intake TO bridge_api;
