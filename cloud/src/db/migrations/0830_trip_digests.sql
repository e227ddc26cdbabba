-- What of a trip falls into a point of a month: sums, counts and extremes that can be merged.
CREATE TYPE trip_bin AS (
  at timestamptz,
  seconds integer,
  speed_n integer,
  speed_sum double precision,
  speed_max real,
  a_long_min real,
  a_long_max real,
  a_lat_max real,
  risk_n integer,
  risk_sum double precision,
  risk_max real
);

-- What is read often of an ended trip's seconds, made of them once they have come (trips/digest-trips.ts): of which stretch of the log,
-- when it is to be made, and nothing else until then.
CREATE TABLE trip_digests (
  trip_id text PRIMARY KEY,
  device_id text NOT NULL,
  boot_id bigint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  start_at timestamptz NOT NULL,
  end_at timestamptz NOT NULL,
  due_at timestamptz,
  path json,
  bins trip_bin[],
  CONSTRAINT trip_digests_made CHECK ((due_at IS NULL) = (path IS NOT NULL) AND (path IS NULL) = (bins IS NULL))
);
CREATE INDEX trip_digests_due_idx ON trip_digests (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX trip_digests_start_at_idx ON trip_digests USING brin (start_at);

-- Of late seconds also when they were: while they wait to be looked at, digests of that time are not true.
ALTER TABLE trip_touches ADD COLUMN from_at timestamptz, ADD COLUMN to_at timestamptz;
UPDATE trip_touches SET from_at = '-infinity', to_at = 'infinity' WHERE last_seq IS NOT NULL;
CREATE INDEX trip_touches_late_idx ON trip_touches (device_id) WHERE from_at IS NOT NULL;

INSERT INTO trip_digests (trip_id, device_id, boot_id, first_seq, last_seq, start_at, end_at, due_at)
SELECT id, device_id, boot_id, first_seq, last_seq, start_at, end_at, greatest(now(), end_at + interval '25 hours') FROM trips
WHERE version > 0 AND first_seq IS NOT NULL AND last_seq IS NOT NULL
ORDER BY start_at;
