-- What happened to a lane is held against its messages at every block: which of them are in one status, up to a sequence. By sequence alone that walks all that
-- is underway, which is long exactly while there is much to do: 12 ms beside 20,000, at every look. Why + 0: see Underway.cs.
DROP INDEX message_underway;
CREATE INDEX message_stage ON message ((source_chain + 0), (destination_chain + 0), status, (sequence + 0)) WHERE status IN ('Observed', 'Finalized', 'Certified', 'Submitted', 'Executed');

-- Whoever asks for blocks asks for a lane's: the last message sent at or below one, or all above one.
DROP INDEX message_block;
CREATE INDEX message_block ON message (source_chain, destination_chain, block_height, sequence);
