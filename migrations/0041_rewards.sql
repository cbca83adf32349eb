-- What an executor's delivery earned.

-- The fees of what it delivered, in wei of the destination's coin by the prices of that moment; null where one of them has no price.
ALTER TABLE submission ADD COLUMN earned_wei numeric(39, 0) CHECK (earned_wei >= 0);
CREATE INDEX submission_ended ON submission (updated_at) WHERE spent_wei IS NOT NULL;
