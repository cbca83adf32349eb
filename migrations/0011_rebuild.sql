-- A rebuild puts rows that were read again in the place of those that are wrong, in one transaction: what refers to them is checked at its end.

ALTER TABLE message_conflict ALTER CONSTRAINT message_conflict_known_id_fkey DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE transition ALTER CONSTRAINT transition_message_id_fkey DEFERRABLE INITIALLY IMMEDIATE;
