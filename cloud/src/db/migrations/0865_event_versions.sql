-- The number of an event's record in the lane of trips: of two that differ the higher counts. Unknown of what was stored before, and of an alarm.
ALTER TABLE driving_events ADD COLUMN seq bigint;
-- What records of an event said that count no more, or never did.
CREATE TABLE driving_event_versions (
  event_id text NOT NULL,
  boot_id bigint NOT NULL,
  seq bigint NOT NULL,
  device_id text NOT NULL REFERENCES devices (id),
  event jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (event_id, boot_id, seq)
);
