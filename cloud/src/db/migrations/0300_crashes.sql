-- No foreign key to driving_events: what a crash looked like comes in the urgent lane, its event in the trips lane.
CREATE TABLE crash_records (
  event_id text NOT NULL,
  from_ms integer NOT NULL,
  device_id text NOT NULL,
  at timestamptz NOT NULL,
  facts jsonb NOT NULL,
  imu jsonb NOT NULL,
  PRIMARY KEY (event_id, from_ms)
);
