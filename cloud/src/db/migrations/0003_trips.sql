CREATE TABLE trips (
  id text PRIMARY KEY,
  device_id text NOT NULL,
  boot_id bigint NOT NULL,
  vehicle_id text NOT NULL,
  driver_id text,
  policy_id text,
  start_at timestamptz NOT NULL,
  start_lat double precision,
  start_lon double precision,
  end_at timestamptz,
  end_reason text,
  end_lat double precision,
  end_lon double precision,
  first_seq bigint,
  last_seq bigint,
  thresholds_hash text,
  statistics jsonb,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT trips_ended CHECK ((end_at IS NULL) = (statistics IS NULL))
);
CREATE INDEX trips_driver_id_idx ON trips (driver_id, start_at DESC, id DESC);
CREATE INDEX trips_device_id_idx ON trips (device_id, start_at DESC);

-- No foreign key to trips: an event may be stored before the trip that it belongs to.
CREATE TABLE driving_events (
  id text PRIMARY KEY,
  trip_id text NOT NULL,
  device_id text NOT NULL,
  boot_id bigint NOT NULL,
  driver_id text,
  kind text NOT NULL,
  start_at timestamptz NOT NULL,
  end_at timestamptz NOT NULL,
  peak double precision NOT NULL,
  band text NOT NULL,
  grade text NOT NULL,
  grade_reasons text[] NOT NULL DEFAULT '{}',
  lat double precision,
  lon double precision,
  start_speed_mps double precision,
  end_speed_mps double precision,
  limit_kmh double precision,
  trace jsonb
);
CREATE INDEX driving_events_trip_id_idx ON driving_events (trip_id, start_at);
CREATE INDEX driving_events_driver_id_idx ON driving_events (driver_id, start_at DESC);
