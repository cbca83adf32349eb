-- Before when a deferred message cannot be retried, as its destination said: until when it is held, its asset paused or the bucket too empty.
ALTER TABLE delivery_event ADD COLUMN retry_at timestamptz CHECK (retry_at IS NULL OR kind = 'Deferred');
