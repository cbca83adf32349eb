-- What each lane carried of each asset, kept up by the commits that change the messages: a look at the ledger costs the same after ten messages as after ten million.

CREATE TABLE ledger_total (
    source_chain      bigint NOT NULL,
    destination_chain bigint NOT NULL,
    asset_id          bigint NOT NULL,
    -- Base units of all that is final at the source, and of that what took effect or was sent back.
    sent              numeric NOT NULL,
    arrived           numeric NOT NULL,
    PRIMARY KEY (source_chain, destination_chain, asset_id)
);

-- Adds what came and takes away what went, of whatever statement changed messages: a reorg and a rebuild count backward by the same rule.
CREATE FUNCTION ledger_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO ledger_total AS t SELECT source_chain, destination_chain, asset_id, sum(sent), sum(arrived) FROM (
            SELECT source_chain, destination_chain, asset_id, ledger_sent(status, amount) AS sent, ledger_arrived(status, amount) AS arrived FROM came
            UNION ALL SELECT source_chain, destination_chain, asset_id, -ledger_sent(status, amount), -ledger_arrived(status, amount) FROM went) moved
        GROUP BY 1, 2, 3 HAVING sum(sent) <> 0 OR sum(arrived) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (source_chain, destination_chain, asset_id) DO UPDATE SET sent = t.sent + EXCLUDED.sent, arrived = t.arrived + EXCLUDED.arrived;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO ledger_total AS t SELECT source_chain, destination_chain, asset_id, sum(ledger_sent(status, amount)), sum(ledger_arrived(status, amount)) FROM came
        WHERE status NOT IN ('Observed', 'Orphaned') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (source_chain, destination_chain, asset_id) DO UPDATE SET sent = t.sent + EXCLUDED.sent, arrived = t.arrived + EXCLUDED.arrived;
    ELSE
        INSERT INTO ledger_total AS t SELECT source_chain, destination_chain, asset_id, -sum(ledger_sent(status, amount)), -sum(ledger_arrived(status, amount)) FROM went
        WHERE status NOT IN ('Observed', 'Orphaned') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (source_chain, destination_chain, asset_id) DO UPDATE SET sent = t.sent + EXCLUDED.sent, arrived = t.arrived + EXCLUDED.arrived;
    END IF;
    RETURN NULL;
END $$;
-- The temporary schema last: a table of that name there would keep the totals from hearing of anything.
DO $$ BEGIN EXECUTE format('ALTER FUNCTION ledger_moved() SET search_path = %I, pg_temp', current_schema()); END $$;

CREATE FUNCTION ledger_sent(status text, amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN status IN ('Observed', 'Orphaned') THEN 0 ELSE amount END $$;
CREATE FUNCTION ledger_arrived(status text, amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN status IN ('Delivered', 'Refunded') THEN amount ELSE 0 END $$;

-- The same from all messages at once. Running totals have to be this, and a rebuild makes them this.
CREATE VIEW ledger_counted AS
    SELECT source_chain, destination_chain, asset_id, sum(ledger_sent(status, amount)) AS sent, sum(ledger_arrived(status, amount)) AS arrived
    FROM message WHERE status NOT IN ('Observed', 'Orphaned') GROUP BY 1, 2, 3;

CREATE TRIGGER ledger_insert AFTER INSERT ON message REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION ledger_moved();
CREATE TRIGGER ledger_update AFTER UPDATE ON message REFERENCING NEW TABLE AS came OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION ledger_moved();
CREATE TRIGGER ledger_delete AFTER DELETE ON message REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION ledger_moved();
INSERT INTO ledger_total SELECT * FROM ledger_counted;

-- A node reads: only the messages themselves move the totals.
REVOKE ALL ON FUNCTION ledger_moved() FROM PUBLIC;
GRANT SELECT ON ledger_total, ledger_counted TO bridge_node;
