-- Headers of a kept answer that mean something (Location, ETag), sealed like it; null for those of before, which were JSON without any.
ALTER TABLE idempotency_keys ADD COLUMN headers text;
