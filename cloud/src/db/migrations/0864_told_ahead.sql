-- Trips whose end lay over a day ahead when they were told of: their box had a wrong clock, and no window of a driver ends with them.
ALTER TABLE trips ADD COLUMN told_ahead boolean NOT NULL DEFAULT false;
UPDATE trips SET told_ahead = true WHERE end_at > updated_at + interval '1 day' AND version > 0;
INSERT INTO driver_touches (driver_id) SELECT DISTINCT driver_id FROM trips WHERE told_ahead AND driver_id IS NOT NULL;
