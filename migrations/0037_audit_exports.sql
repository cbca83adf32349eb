-- What auditors have had written out for them: fixed by the size of the log, so that the same question has the same bytes for ever.

CREATE TABLE audit_export (
    id          uuid PRIMARY KEY,
    principal   text NOT NULL,
    format      text NOT NULL CHECK (format IN ('csv', 'jsonl')),
    -- Canonical JSON: name to text.
    filters     text NOT NULL CHECK (octet_length(filters) <= 4096),
    columns     text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 100),
    tree_size   bigint NOT NULL REFERENCES log_checkpoint,
    status      text NOT NULL DEFAULT 'Asked' CHECK (status IN ('Asked', 'Done')),
    rows        bigint CHECK (rows >= 0),
    bytes       bigint CHECK (bytes >= 0),
    -- Canonical JSON, signed with the key of the log.
    manifest    text,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK ((status = 'Done') = (manifest IS NOT NULL) AND (status = 'Done') = (rows IS NOT NULL) AND (status = 'Done') = (bytes IS NOT NULL)),
    CHECK ((status = 'Asked') = (finished_at IS NULL))
);
CREATE INDEX audit_export_asked ON audit_export (asked_at) WHERE status = 'Asked';

CREATE TABLE audit_export_part (
    export_id uuid NOT NULL REFERENCES audit_export ON DELETE CASCADE,
    part      integer NOT NULL CHECK (part >= 0),
    content   bytea NOT NULL,
    PRIMARY KEY (export_id, part)
);

GRANT SELECT, DELETE, UPDATE (status, rows, bytes, manifest, finished_at) ON audit_export TO bridge_node;
GRANT SELECT, INSERT, DELETE ON audit_export_part TO bridge_node;
GRANT SELECT, INSERT (id, principal, format, filters, columns, tree_size) ON audit_export TO bridge_api;
GRANT SELECT ON audit_export_part TO bridge_api;

-- Filters of the history that find few among many, in the order in which they are shown. What is underway, and what was replaced, is few at any time.
CREATE INDEX message_asset ON message (asset_id, observed_at DESC, message_id DESC);
CREATE INDEX message_unfinished ON message (observed_at DESC, message_id DESC) WHERE status NOT IN ('Delivered', 'Orphaned');
CREATE INDEX message_orphaned ON message (observed_at DESC, message_id DESC) WHERE status = 'Orphaned';
CREATE INDEX delivery_event_account ON delivery_event (account) WHERE kind = 'Delivered';
