-- A boot that is looked at reads its own trips from what was touched on, not all that its device ever had.
CREATE INDEX trips_boot_idx ON trips (device_id, boot_id, last_seq);
