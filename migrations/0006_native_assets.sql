-- An asset may be its home chain's own coin.

ALTER TABLE asset DROP CONSTRAINT asset_mode_check;
ALTER TABLE asset ADD CONSTRAINT asset_mode_check CHECK (mode IN ('lock', 'native', 'mint'));
