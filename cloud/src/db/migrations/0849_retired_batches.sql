-- How far the record of batches was taken away by age: the account of a log starts behind it, and tells nothing before it as missing.
ALTER TABLE device_lanes ADD COLUMN retired_seq bigint NOT NULL DEFAULT 0;
