-- The auditor's verdicts on the ten laws: a row each time that one changes.

CREATE TABLE audit_verdict (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    law    text NOT NULL,
    state  text NOT NULL CHECK (state IN ('Ok', 'Violated', 'Undecided')),
    detail text NOT NULL,
    at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX audit_verdict_law ON audit_verdict (law, id DESC);

GRANT SELECT, INSERT ON audit_verdict TO bridge_node;
GRANT SELECT ON audit_verdict TO bridge_api;
