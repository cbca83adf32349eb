-- A deferred message may be given up at its destination: another message, in the reverse lane, brings its amount back.

ALTER TABLE message DROP CONSTRAINT message_status_check;
ALTER TABLE message ADD CONSTRAINT message_status_check CHECK (status IN
    ('Observed', 'Finalized', 'Certified', 'Submitted', 'Executed', 'Deferred', 'Delivered', 'Refunded', 'Orphaned'));

ALTER TABLE delivery_event DROP CONSTRAINT delivery_event_kind_check;
ALTER TABLE delivery_event ADD CONSTRAINT delivery_event_kind_check CHECK (kind IN ('Delivered', 'Deferred', 'Retried', 'Refunded'));
ALTER TABLE delivery_event ADD COLUMN return_sequence bigint;
ALTER TABLE delivery_event ADD CONSTRAINT delivery_event_return_check CHECK (
    CASE kind WHEN 'Refunded' THEN return_sequence > 0 AND return_sequence IS NOT NULL ELSE return_sequence IS NULL END);
