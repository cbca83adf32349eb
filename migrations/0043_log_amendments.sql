-- What a person accepts of the ledger is told to the audit log, as every other decision is. What was decided before is told first.
SELECT log_watch('ledger_amendment', '{id}', '{}');
INSERT INTO log_pending (kind, key, change, told) SELECT 'ledger_amendment', log_key(t), 'insert', log_row(t) FROM ledger_amendment t ORDER BY id;
