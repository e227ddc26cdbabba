-- Months are made on demand (db/partitions.ts). There is no default partition: it would block detaching a month.
CREATE TABLE telematics_events (
  device_id text NOT NULL,
  boot_id bigint NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  lat double precision,
  lon double precision,
  alt_m real,
  speed_mps real,
  heading_deg real,
  hdop real,
  a_long_min real,
  a_long_max real,
  a_lat_min real,
  a_lat_max real,
  a_vert_rms real,
  yaw_rate_max real,
  limit_kmh real,
  live_risk real,
  quality smallint NOT NULL,
  PRIMARY KEY (device_id, boot_id, seq, at)
) PARTITION BY RANGE (at);
CREATE INDEX telematics_events_at_idx ON telematics_events USING brin (at);
