-- What the cloud makes of a trip's telematics, every version; the highest counts.
CREATE TABLE trip_accounts (
  trip_id text NOT NULL,
  version integer NOT NULL,
  computed_at timestamptz NOT NULL,
  account jsonb NOT NULL,
  PRIMARY KEY (trip_id, version)
);

-- Stretches of a device's log that are to be looked at; without a last number to the end of the boot. Written and taken
-- away, never changed, so that ingest waits for nobody.
CREATE TABLE trip_touches (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  device_id text NOT NULL,
  boot_id bigint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint,
  accounts_only boolean NOT NULL DEFAULT false,
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0
);
CREATE INDEX trip_touches_due_idx ON trip_touches (due_at);
CREATE INDEX trip_touches_open_idx ON trip_touches (device_id, boot_id) WHERE last_seq IS NULL;

-- A driver's trips added up, over the days before the end of the newest one: three rows a driver.
CREATE TABLE driver_statistics (
  driver_id text NOT NULL REFERENCES drivers (id),
  days smallint NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  trips integer NOT NULL,
  statistics jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (driver_id, days)
);
