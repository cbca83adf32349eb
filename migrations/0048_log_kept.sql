-- The log costs a database one more row for each that matters. It is told from the day on which somebody keeps one: until the role log began, the
-- triggers are off, and what there is by then is told at once. Nothing but the tables' owner can switch them, and nothing switches them off again.
CREATE TABLE log_kept (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    since    timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_kept FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which tables are told of, as 0036 and later migrations say.
CREATE FUNCTION log_tables() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT relname::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'log_insert' AND relnamespace = current_schema()::regnamespace
    -- What others refer to is told first.
    ORDER BY array_position(ARRAY['lane', 'asset', 'validator_set', 'chain', 'lane_end', 'asset_limit', 'minimum_fee', 'api_key', 'message', 'message_conflict', 'signing_log', 'signing_conflict',
        'signature', 'attestation', 'equivocation', 'certificate', 'delivery_event', 'lane_halt', 'account_quarantine', 'audit_verdict', 'audit_pause', 'transition'], relname::text), relname
$$;

CREATE FUNCTION log_switch(watched text, how text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE trigger text;
BEGIN
    FOREACH trigger IN ARRAY ARRAY['log_insert', 'log_update', 'log_delete'] LOOP EXECUTE format('ALTER TABLE %I %s TRIGGER %I', watched, how, trigger); END LOOP;
END $$;

-- What later migrations call: a table that comes where no log is kept is not told of yet.
ALTER FUNCTION log_watch(text, text[], text[]) RENAME TO log_triggers;
CREATE FUNCTION log_watch(watched text, key text[], left_out text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_triggers(watched, key, left_out);
    IF NOT EXISTS (SELECT FROM log_kept) THEN PERFORM log_switch(watched, 'DISABLE'); END IF;
END $$;

-- Begins to tell, the oldest first of what is there. Writers wait until it has; a snapshot from before would miss what they wrote.
-- Returns whether this call began it.
CREATE FUNCTION log_begin() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE watched text;
BEGIN
    IF EXISTS (SELECT FROM log_kept) THEN RETURN false; END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'log_begin: its transaction must be READ COMMITTED'; END IF;
    LOCK TABLE log_kept IN EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM log_kept) THEN RETURN false; END IF;
    FOR watched IN SELECT * FROM log_tables() LOOP PERFORM log_switch(watched, 'ENABLE'); END LOOP;
    DELETE FROM log_pending;
    FOR watched IN SELECT * FROM log_tables() LOOP
        EXECUTE format('INSERT INTO log_pending (kind, key, change, told) SELECT %1$L, log_key(t), ''insert'', log_row(t) FROM %1$I t ORDER BY %2$s', watched,
            CASE watched WHEN 'message' THEN 'observed_at, source_chain, destination_chain, sequence' WHEN 'transition' THEN 'id' ELSE '1' END);
    END LOOP;
    INSERT INTO log_kept DEFAULT VALUES;
    RETURN true;
END $$;
DO $$ BEGIN EXECUTE format('ALTER FUNCTION log_begin() SET search_path = %I, pg_temp', current_schema()); END $$;

-- A log that was begun goes on.
DO $$
DECLARE watched text;
BEGIN
    IF (SELECT size FROM log_head) > 0 THEN
        INSERT INTO log_kept DEFAULT VALUES;
    ELSE
        DELETE FROM log_pending;
        FOR watched IN SELECT * FROM log_tables() LOOP PERFORM log_switch(watched, 'DISABLE'); END LOOP;
    END IF;
END $$;

REVOKE ALL ON FUNCTION log_tables(), log_switch(text, text), log_watch(text, text[], text[]), log_begin() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log_begin() TO bridge_node;
GRANT SELECT ON log_kept TO bridge_node, bridge_api;
