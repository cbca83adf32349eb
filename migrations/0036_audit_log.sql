-- A history that cannot be quietly changed: every change of a row that matters becomes a leaf of a Merkle tree (RFC 6962), whose root is signed.

-- What happened and is no leaf yet: written by triggers, in the commit of what it tells of. Only the sequencer takes from it.
CREATE TABLE log_pending (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind   text NOT NULL,
    key    text NOT NULL,
    change text NOT NULL CHECK (change IN ('insert', 'update', 'delete')),
    told   jsonb NOT NULL
);

-- The leaves. entry is canonical JSON (RFC 8785), and leaf_hash is SHA-256 of 0x00 and its bytes.
CREATE TABLE log_entry (
    leaf_index        bigint PRIMARY KEY CHECK (leaf_index >= 0),
    kind              text NOT NULL,
    key               text NOT NULL,
    change            text NOT NULL CHECK (change IN ('insert', 'update', 'delete')),
    entry             text NOT NULL CHECK (octet_length(entry) <= 65535),
    leaf_hash         bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    -- Of what it tells, where it tells of that.
    message_id        bytea CHECK (octet_length(message_id) = 32),
    source_chain      bigint,
    destination_chain bigint,
    first_sequence    bigint,
    last_sequence     bigint CHECK (last_sequence >= first_sequence)
);
CREATE INDEX log_entry_key ON log_entry USING hash (key);
CREATE INDEX log_entry_message ON log_entry (message_id, leaf_index) WHERE message_id IS NOT NULL;
CREATE INDEX log_entry_sent ON log_entry (leaf_index) WHERE kind = 'message' AND change = 'insert';
CREATE INDEX log_entry_lane ON log_entry (kind, source_chain, destination_chain, last_sequence) WHERE kind IN ('delivery_event', 'certificate');

-- Roots of full subtrees of 256^level leaves, from level 1 on.
CREATE TABLE log_node (
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 7),
    index bigint NOT NULL CHECK (index >= 0),
    hash  bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (level, index)
);

-- How many leaves there are. Whoever makes more holds its row: one writer at a time, and a crash leaves everything or nothing of its batch.
CREATE TABLE log_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    size     bigint NOT NULL CHECK (size >= 0)
);
INSERT INTO log_head (size) VALUES (0);

CREATE TABLE log_checkpoint (
    size       bigint PRIMARY KEY CHECK (size > 0),
    origin     text NOT NULL,
    root       bytea NOT NULL CHECK (octet_length(root) = 32),
    -- The signed line, as C2SP signed-note writes it.
    line       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Whose cosignatures are taken, as the operator's configuration says.
CREATE TABLE log_witness (
    account bytea PRIMARY KEY CHECK (octet_length(account) = 20)
);

CREATE TABLE log_cosignature (
    size        bigint NOT NULL REFERENCES log_checkpoint,
    account     bytea NOT NULL CHECK (octet_length(account) = 20),
    line        text NOT NULL CHECK (length(line) <= 1024),
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (size, account)
);

-- Where a root was posted to a chain.
CREATE TABLE log_anchor (
    chain_id         bigint NOT NULL CHECK (chain_id > 0),
    size             bigint NOT NULL REFERENCES log_checkpoint,
    transaction_hash bytea NOT NULL CHECK (octet_length(transaction_hash) = 32),
    at               timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, size)
);

-- As a witness of other logs: what was last seen of each, and found to have grown out of what was seen before.
CREATE TABLE log_seen (
    origin  text PRIMARY KEY,
    size    bigint NOT NULL CHECK (size > 0),
    root    bytea NOT NULL CHECK (octet_length(root) = 32),
    note    text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now()
);

DO $$
DECLARE kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['log_entry', 'log_node', 'log_checkpoint', 'log_cosignature', 'log_anchor'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    END LOOP;
END $$;

-- What is longer than an entry can be is told by its hash.
CREATE FUNCTION log_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN octet_length(value) <= 2048 THEN value ELSE 'sha256:' || encode(sha256(convert_to(value, 'UTF8')), 'hex') END $$;
CREATE FUNCTION log_bytes(value bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN octet_length(value) <= 16384 THEN '0x' || encode(value, 'hex') ELSE 'sha256:' || encode(sha256(value), 'hex') END $$;

-- Any row that is changed or removed. Its table's log_key and log_row say what of it is told.
CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO log_pending (kind, key, change, told) VALUES (TG_TABLE_NAME, log_key(OLD), 'delete', log_row(OLD));
    ELSE
        INSERT INTO log_pending (kind, key, change, told) VALUES (TG_TABLE_NAME, log_key(NEW), 'update', log_row(NEW));
    END IF;
    RETURN NULL;
END $$;
-- The temporary schema last: a table of that name there would keep the log from hearing of anything.
DO $$ BEGIN EXECUTE format('ALTER FUNCTION log_change() SET search_path = %I, pg_temp', current_schema()); END $$;

-- Has every change of a table told. Called again after its columns changed.
-- key: the columns by which a row is found. left_out: columns that are told elsewhere, say nothing, or are a secret or a name.
CREATE FUNCTION log_watch(watched text, key text[], left_out text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE told text; keyed text; columns text;
BEGIN
    SELECT string_agg(format('%L, %s', lower(left(camel, 1)) || substr(camel, 2), CASE
            WHEN name = 'wire' THEN format('''sha256:'' || encode(sha256(t.%I), ''hex'')', name)
            WHEN type = 'bytea' THEN format('log_bytes(t.%I)', name)
            WHEN type = 'bytea[]' THEN format('(SELECT jsonb_agg(log_bytes(item) ORDER BY place) FROM unnest(t.%I) WITH ORDINALITY items (item, place))', name)
            WHEN type = 'timestamp with time zone' THEN format('to_char(t.%I AT TIME ZONE ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'')', name)
            WHEN type = 'boolean' THEN format('t.%I', name)
            WHEN type = 'text[]' THEN format('to_jsonb(t.%I)', name)
            WHEN type = 'text' THEN format('log_text(t.%I)', name)
            ELSE format('t.%I::text', name) END), ', ' ORDER BY place),
        string_agg(format('%I', name), ', ' ORDER BY place)
    INTO told, columns
    FROM (SELECT attname::text AS name, replace(initcap(attname), '_', '') AS camel, format_type(atttypid, NULL) AS type, attnum AS place
        FROM pg_attribute WHERE attrelid = watched::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL (left_out)) known;
    SELECT string_agg(format(CASE WHEN format_type(atttypid, NULL) = 'bytea' THEN 'log_bytes(t.%I)' ELSE 't.%I::text' END, attname), ' || '':'' || ' ORDER BY array_position(key, attname::text))
    INTO keyed FROM pg_attribute WHERE attrelid = watched::regclass AND attname = ANY (key);
    EXECUTE format('CREATE OR REPLACE FUNCTION log_key(t %I) RETURNS text LANGUAGE sql STABLE AS %L', watched, 'SELECT ' || keyed);
    EXECUTE format('CREATE OR REPLACE FUNCTION log_row(t %I) RETURNS jsonb LANGUAGE sql STABLE AS %L', watched, 'SELECT jsonb_build_object(' || told || ')');
    -- Rows come in many at a time.
    EXECUTE format('CREATE OR REPLACE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = %3$I, pg_temp AS %2$L', 'log_insert_' || watched,
        format('BEGIN INSERT INTO log_pending (kind, key, change, told) SELECT %1$L, log_key(n::%1$I), ''insert'', log_row(n::%1$I) FROM came n; RETURN NULL; END', watched), current_schema());
    EXECUTE format('CREATE OR REPLACE TRIGGER log_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION %I()', watched, 'log_insert_' || watched);
    EXECUTE format('CREATE OR REPLACE TRIGGER log_update AFTER UPDATE ON %1$I FOR EACH ROW WHEN ((%2$s) IS DISTINCT FROM (%3$s)) EXECUTE FUNCTION log_change()', watched,
        'ROW(' || (SELECT string_agg('OLD.' || c, ', ') FROM unnest(string_to_array(columns, ', ')) c) || ')', 'ROW(' || (SELECT string_agg('NEW.' || c, ', ') FROM unnest(string_to_array(columns, ', ')) c) || ')');
    EXECUTE format('CREATE OR REPLACE TRIGGER log_delete AFTER DELETE ON %I FOR EACH ROW EXECUTE FUNCTION log_change()', watched);
    EXECUTE format('REVOKE ALL ON FUNCTION %I() FROM PUBLIC', 'log_insert_' || watched);
END $$;

-- State: what was sent, each step, what the destinations said.
SELECT log_watch('message', '{message_id}', '{status,updated_at}'); -- transition tells the status
SELECT log_watch('transition', '{id}', '{}');
SELECT log_watch('message_conflict', '{message_id}', '{}');
SELECT log_watch('delivery_event', '{destination_chain,transaction_hash,log_index}', '{}');
-- Signatures.
SELECT log_watch('attestation', '{source_chain,destination_chain,sequence,epoch,signer,rolling_hash}', '{}');
SELECT log_watch('certificate', '{source_chain,destination_chain,sequence,epoch}', '{}');
SELECT log_watch('equivocation', '{source_chain,destination_chain,sequence,signer}', '{}');
SELECT log_watch('signing_log', '{lane_id,sequence}', '{}');
SELECT log_watch('signing_conflict', '{id}', '{}');
SELECT log_watch('signature', '{lane_id,sequence,epoch}', '{}');
-- Holds and releases; what the auditor found and paused.
SELECT log_watch('lane_halt', '{id}', '{}');
SELECT log_watch('account_quarantine', '{id}', '{}');
SELECT log_watch('audit_verdict', '{id}', '{}');
SELECT log_watch('audit_pause', '{chain_id,verdict_id}', '{}');
-- Configuration. What moves by itself is not that: heads, buckets, when it was looked at.
SELECT log_watch('lane', '{source_chain,destination_chain}', '{}');
SELECT log_watch('asset', '{chain_id,asset_id}', '{}');
SELECT log_watch('chain', '{chain_id}', '{head_height,head_time,final_height,final_time,block_seconds,seen_at}');
SELECT log_watch('lane_end', '{chain_id,other_chain}', '{seen_at}');
SELECT log_watch('asset_limit', '{chain_id,asset_id}', '{locked,inbound_available,outbound_available,seen_at}');
SELECT log_watch('minimum_fee', '{source_chain,destination_chain,asset_id}', '{seen_at}');
SELECT log_watch('api_key', '{id}', '{name,secret_hash}');
-- Validator sets.
SELECT log_watch('validator_set', '{chain_id,epoch}', '{}');

-- What was there before there was a log is told first, the oldest first.
DO $$
DECLARE watched text;
BEGIN
    FOREACH watched IN ARRAY ARRAY['lane', 'asset', 'validator_set', 'chain', 'lane_end', 'asset_limit', 'minimum_fee', 'api_key', 'message', 'message_conflict', 'signing_log', 'signing_conflict',
        'signature', 'attestation', 'equivocation', 'certificate', 'delivery_event', 'lane_halt', 'account_quarantine', 'audit_verdict', 'audit_pause', 'transition'] LOOP
        EXECUTE format('INSERT INTO log_pending (kind, key, change, told) SELECT %1$L, log_key(t), ''insert'', log_row(t) FROM %1$I t ORDER BY %2$s', watched,
            CASE watched WHEN 'message' THEN 'observed_at, source_chain, destination_chain, sequence' WHEN 'transition' THEN 'id' ELSE '1' END);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION log_change(), log_watch(text, text[], text[]) FROM PUBLIC;
GRANT SELECT, DELETE ON log_pending TO bridge_node;
GRANT SELECT, INSERT ON log_entry, log_node, log_checkpoint, log_cosignature, log_anchor TO bridge_node;
GRANT SELECT, INSERT, DELETE ON log_witness TO bridge_node;
GRANT SELECT, UPDATE (size) ON log_head TO bridge_node;
GRANT SELECT, INSERT, UPDATE ON log_seen TO bridge_node;
GRANT SELECT ON log_entry, log_node, log_checkpoint, log_cosignature, log_witness, log_anchor, log_seen TO bridge_api;
-- A witness hands its own in; the API has recovered who signed it.
GRANT INSERT (size, account, line) ON log_cosignature TO bridge_api;
