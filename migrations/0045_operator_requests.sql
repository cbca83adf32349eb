-- What an operator asks of a running node, which alone may use its key. A node acts on it or refuses it, and says so here.

CREATE TABLE operator_request (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL CHECK (kind IN ('Bump', 'Cancel', 'Attest')),
    submission_id uuid REFERENCES submission,
    message_id    bytea CHECK (octet_length(message_id) = 32),
    asked_by      text NOT NULL CHECK (asked_by <> ''),
    asked_why     text NOT NULL CHECK (asked_why <> ''),
    asked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- From then on it cannot be withdrawn.
    taken_at      timestamptz,
    settled_at    timestamptz,
    outcome       text CHECK (outcome IN ('Done', 'Refused', 'Withdrawn')),
    detail        text,
    CHECK ((kind = 'Attest') = (message_id IS NOT NULL) AND (kind = 'Attest') = (submission_id IS NULL)),
    CHECK ((settled_at IS NULL) = (outcome IS NULL) AND (settled_at IS NULL) = (detail IS NULL))
);
CREATE UNIQUE INDEX operator_request_submission ON operator_request (submission_id) WHERE settled_at IS NULL AND submission_id IS NOT NULL;
CREATE UNIQUE INDEX operator_request_message ON operator_request (message_id) WHERE settled_at IS NULL AND message_id IS NOT NULL;
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON operator_request FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
SELECT log_watch('operator_request', '{id}', '{}');

GRANT SELECT, INSERT, UPDATE (taken_at, settled_at, outcome, detail) ON operator_request TO bridge_node;

-- A role that a person has stopped from beginning anything, in every process of this organisation; the history is kept.
CREATE TABLE role_pause (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role        text NOT NULL CHECK (role IN ('attest', 'execute', 'submit', 'sponsor')),
    paused_at   timestamptz NOT NULL DEFAULT now(),
    paused_by   text NOT NULL CHECK (paused_by <> ''),
    paused_why  text NOT NULL CHECK (paused_why <> ''),
    resumed_at  timestamptz,
    resumed_by  text,
    resumed_why text,
    CHECK ((resumed_at IS NULL) = (resumed_by IS NULL) AND (resumed_at IS NULL) = (resumed_why IS NULL))
);
CREATE UNIQUE INDEX role_pause_current ON role_pause (role) WHERE resumed_at IS NULL;
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON role_pause FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
SELECT log_watch('role_pause', '{id}', '{}');

GRANT SELECT, INSERT, UPDATE (resumed_at, resumed_by, resumed_why) ON role_pause TO bridge_node;
