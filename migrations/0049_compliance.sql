-- What an integrator's compliance tools keep of a transfer, as references alone: opaque ids, a hash, and codes. The log tells all of it for ever, so no
-- name may get in: each text has a form into which free text does not fit. The API says what else does not belong here.

-- Whether each of the items has the form, and none is missing.
CREATE FUNCTION all_match(items text[], form text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT COALESCE(bool_and(COALESCE(item ~ form, false)), true) FROM unnest(items) item $$;

-- A correction is a new row: the newest of a transfer counts, as a whole.
CREATE TABLE compliance_reference (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The same for each try of one request, so that it is kept once.
    request_id      uuid NOT NULL UNIQUE,
    -- Without a foreign key: a rebuild takes messages away and brings them back.
    message_id      bytea NOT NULL CHECK (octet_length(message_id) = 32),
    key_id          uuid NOT NULL REFERENCES api_key,
    attached_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    travel_rule_ref text CHECK (travel_rule_ref ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64})$'),
    ivms101_hash    bytea CHECK (octet_length(ivms101_hash) = 32),
    -- Each the canonical JSON of one screening.
    screening       text[] NOT NULL CHECK (cardinality(screening) <= 20 AND all_match(screening,
        '^\{"at":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z",'
        || '("category":"[a-z]{2,16}(_[a-z]{2,16}){0,2}",)?'
        || '("list":"[A-Z][A-Z0-9]{1,7}(-[A-Z0-9]{1,8}){0,2}",)?'
        || '"provider":"[a-z][a-z0-9]{1,19}",'
        || '"requestId":"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64})",'
        || '"result":"(clear|review|blocked)",'
        || '("score":"(0|[1-9][0-9]{0,2})(\.[0-9]{1,4})?",)?'
        || '"type":"(none|indirect|direct)"\}$'))
);
CREATE INDEX compliance_reference_message ON compliance_reference (message_id, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON compliance_reference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
SELECT log_watch('compliance_reference', '{id}', '{request_id}');

GRANT SELECT, INSERT (request_id, message_id, key_id, travel_rule_ref, ivms101_hash, screening) ON compliance_reference TO bridge_api;
GRANT SELECT ON compliance_reference TO bridge_node;
