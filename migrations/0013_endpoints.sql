-- How each chain's endpoints are doing, as the process that watches the chain sees it.

CREATE TABLE endpoint (
    chain_id      bigint NOT NULL,
    name          text NOT NULL,
    state         text NOT NULL CHECK (state IN ('ok', 'slow', 'limited', 'stale', 'pruned', 'wrong-chain', 'lying', 'down')),
    reason        text,
    since         timestamptz NOT NULL DEFAULT now(),
    last_ok_at    timestamptz,
    height        bigint CHECK (height >= 0),
    disagreements bigint NOT NULL CHECK (disagreements >= 0),
    seen_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chain_id, name),
    CHECK (state = 'ok' OR reason IS NOT NULL)
);

-- A row goes when its endpoint is configured no more.
GRANT SELECT, INSERT, UPDATE, DELETE ON endpoint TO bridge_node;
GRANT SELECT ON endpoint TO bridge_api;
