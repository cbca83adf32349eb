-- What operators watch: how fast a chain makes blocks, and what deliveries cost.

-- Seconds between two blocks, on average over the last hundred; null until there are as many.
ALTER TABLE chain ADD COLUMN block_seconds double precision CHECK (block_seconds > 0);

-- What its mined transaction took from the account, without effect or with; null until it is mined, and where no endpoint has the receipt.
ALTER TABLE submission ADD COLUMN spent_wei numeric(39, 0) CHECK (spent_wei >= 0);

-- Since when a component is in its state.
ALTER TABLE heartbeat ADD COLUMN since timestamptz NOT NULL DEFAULT now();
