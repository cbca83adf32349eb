-- What the API reads fast beside millions of rows, without making the nodes' writing slower.

-- Their rows are written in the order of time, so an index that is a few pages in size finds a range.
CREATE INDEX message_updated_at ON message USING brin (updated_at);
CREATE INDEX message_block_time ON message USING brin (block_time);

CREATE INDEX message_lane_newest ON message (source_chain, destination_chain, observed_at DESC, message_id DESC);
CREATE INDEX submission_lane ON submission (source_chain, destination_chain, last_sequence);
CREATE INDEX certificate_newest ON certificate (certified_at);

-- Keys that only the API's processes know, made for each database: none is the same in two of them, and none stands in the code.
CREATE TABLE api_secret (
    name  text PRIMARY KEY,
    value bytea NOT NULL CHECK (octet_length(value) >= 32)
);
-- 244 random bits of the server's strong source, in 64 bytes.
INSERT INTO api_secret (name, value)
VALUES ('cursor', sha512(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
GRANT SELECT ON api_secret TO bridge_api;
