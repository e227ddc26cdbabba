-- The trip that the same box was on at the time, where one does not count because of that.
ALTER TABLE trips ADD COLUMN overlaps_id text;
CREATE INDEX trips_overlaps_idx ON trips (overlaps_id) WHERE overlaps_id IS NOT NULL;
