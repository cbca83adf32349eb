-- A submitter whose account has the role FEE_ORACLE sets least fees. The row says of which route; what they become is worked out by who signs.
ALTER TABLE errand
    DROP CONSTRAINT errand_kind_check,
    ADD CONSTRAINT errand_kind_check CHECK (kind IN ('Intent', 'Retry', 'Fees')),
    ADD CONSTRAINT errand_fees_check CHECK (kind <> 'Fees' OR (destination_chain IS NOT NULL AND asset_id IS NOT NULL));
CREATE UNIQUE INDEX errand_fees ON errand (chain_id, destination_chain, asset_id) WHERE kind = 'Fees' AND status NOT IN ('Final', 'Refused', 'Failed');
CREATE INDEX errand_fees_set ON errand (chain_id, destination_chain, asset_id, created_at) WHERE kind = 'Fees';
