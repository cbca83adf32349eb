-- What the auditor states of every asset, and has nodes prove from time to time. None is ever changed.
CREATE TABLE reserve_statement (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    taken_at timestamptz NOT NULL,
    -- Chains with their blocks, assets with their figures; and where they were proven, headers and storage proofs.
    document jsonb NOT NULL,
    proven   boolean NOT NULL
);
CREATE INDEX reserve_statement_taken ON reserve_statement (taken_at DESC, id DESC);
CREATE INDEX reserve_statement_proven ON reserve_statement (taken_at DESC, id DESC) WHERE proven;

-- The same figures for queries and metrics, in base units. The gap must be 0.
CREATE TABLE reserve_asset (
    statement_id bigint NOT NULL REFERENCES reserve_statement,
    asset_id     bigint NOT NULL CHECK (asset_id BETWEEN 1 AND 4294967295),
    escrow       numeric NOT NULL CHECK (escrow >= 0),
    minted       numeric NOT NULL CHECK (minted >= 0),
    gap          numeric NOT NULL,
    PRIMARY KEY (statement_id, asset_id)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reserve_statement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reserve_asset FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON reserve_statement, reserve_asset TO bridge_node;
GRANT SELECT ON reserve_statement, reserve_asset TO bridge_api;
