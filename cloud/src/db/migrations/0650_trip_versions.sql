-- Who drove belongs to the trip: a reassignment rewrites no event.
DROP INDEX driving_events_driver_id_idx;
ALTER TABLE driving_events DROP COLUMN driver_id;

-- A trip's row is the version that counts; 0 while it has not ended. `versions` is how many numbers were given out.
ALTER TABLE trips
  ADD COLUMN version integer NOT NULL DEFAULT 0,
  ADD COLUMN versions integer NOT NULL DEFAULT 0,
  ADD COLUMN source text NOT NULL DEFAULT 'car' CHECK (source IN ('car', 'cloud')),
  ADD COLUMN cause text,
  ADD COLUMN changed_by text,
  ADD COLUMN change_reason text,
  ADD COLUMN correlation_id text,
  ADD COLUMN assigned boolean NOT NULL DEFAULT false,
  ADD COLUMN record_hash text;
UPDATE trips SET version = 1, versions = 1, cause = 'recorded' WHERE end_at IS NOT NULL;
ALTER TABLE trips ADD CONSTRAINT trips_version CHECK ((end_at IS NULL) = (version = 0) AND version <= versions);
-- Trips that the cloud found, by device: they give way to the car's record.
CREATE INDEX trips_found_idx ON trips (device_id, start_at) WHERE source = 'cloud';

-- Versions that count no more, or never did.
CREATE TABLE trip_versions (
  trip_id text NOT NULL,
  version integer NOT NULL,
  device_id text NOT NULL REFERENCES devices (id),
  boot_id bigint NOT NULL,
  driver_id text REFERENCES drivers (id),
  policy_id text REFERENCES policies (id),
  source text NOT NULL,
  start_at timestamptz NOT NULL,
  end_at timestamptz NOT NULL,
  end_reason text,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  thresholds_hash text NOT NULL,
  statistics jsonb NOT NULL,
  record_hash text,
  recorded_at timestamptz NOT NULL,
  cause text NOT NULL,
  changed_by text,
  change_reason text,
  correlation_id text,
  PRIMARY KEY (trip_id, version)
);
