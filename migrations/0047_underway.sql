-- What is underway is asked for at every block of every lane, and must cost the same beside ten messages and ten million. A refunded message is done
-- for ever and stood in message_open all the same.
DROP INDEX message_open;
CREATE INDEX message_underway ON message (source_chain, destination_chain, sequence) WHERE status IN ('Observed', 'Finalized', 'Certified', 'Submitted', 'Executed');
CREATE INDEX message_deferred ON message (source_chain, destination_chain, sequence) WHERE status = 'Deferred';
CREATE INDEX message_orphan ON message (source_chain, destination_chain, sequence) WHERE status = 'Orphaned';
CREATE INDEX message_observed ON message (source_chain, block_height) WHERE status = 'Observed';
