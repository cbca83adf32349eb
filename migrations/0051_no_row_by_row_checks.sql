-- To look up for each row what it refers to cost as much as to write it: 7 of 13 microseconds of a processor for a transition, 8 of 44 for a message. What they
-- refer to is written or locked before them in the same commit and never removed, and bridge audit verify holds the history against the chains.
ALTER TABLE message DROP CONSTRAINT message_source_chain_destination_chain_fkey;
ALTER TABLE transition DROP CONSTRAINT transition_message_id_fkey;
