-- A driver's month reads nothing of the trips but what finds their seconds: from the index alone.
CREATE INDEX trips_driver_seconds_idx ON trips (driver_id, start_at) INCLUDE (device_id, boot_id, first_seq, last_seq);
-- Trips that are open, for what must wait for them (the archive).
CREATE INDEX trips_open_idx ON trips (start_at) WHERE end_at IS NULL;
-- Retention goes by the time of arrival, in a log that is written in that order.
CREATE INDEX device_batches_received_at_idx ON device_batches USING brin (received_at);
