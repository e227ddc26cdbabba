-- Whether the device signed that these are its numbers of this lane: else they are a message's mere word, which gives up no hole.
ALTER TABLE device_batches ADD COLUMN proven boolean NOT NULL DEFAULT true;
-- Of a foreign batch nobody knows any more which it was; what was acked stays so.
UPDATE device_batches SET proven = false WHERE rejected IN ('bad_signature', 'foreign');
