-- What operators ask about an executor's transactions they may ask about a submitter's.
ALTER TABLE operator_request ADD COLUMN errand_id uuid REFERENCES errand;
ALTER TABLE operator_request DROP CONSTRAINT operator_request_check;
ALTER TABLE operator_request ADD CONSTRAINT operator_request_subject CHECK (num_nonnulls(submission_id, errand_id, message_id) = 1 AND (kind = 'Attest') = (message_id IS NOT NULL));
CREATE UNIQUE INDEX operator_request_errand ON operator_request (errand_id) WHERE settled_at IS NULL AND errand_id IS NOT NULL;
SELECT log_watch('operator_request', '{id}', '{}');
