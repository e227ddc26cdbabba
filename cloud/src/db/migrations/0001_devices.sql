CREATE TABLE devices (
  id text PRIMARY KEY,
  vehicle_id text NOT NULL,
  claim_hash text NOT NULL,
  claim_expires_at timestamptz NOT NULL,
  claimed_at timestamptz,
  public_key text,
  password_hash text,
  last_seen_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT devices_claimed CHECK ((claimed_at IS NULL) = (public_key IS NULL) AND (public_key IS NULL) = (password_hash IS NULL))
);
CREATE UNIQUE INDEX devices_claim_hash_key ON devices (claim_hash);
CREATE INDEX devices_vehicle_id_idx ON devices (vehicle_id);

CREATE TABLE device_lanes (
  device_id text NOT NULL REFERENCES devices (id),
  lane text NOT NULL,
  boot_id bigint NOT NULL,
  acked_seq bigint NOT NULL,
  missing bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, lane, boot_id)
);

CREATE TABLE device_batches (
  device_id text NOT NULL REFERENCES devices (id),
  lane text NOT NULL,
  boot_id bigint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  hash bytea NOT NULL,
  previous_hash bytea,
  gap boolean NOT NULL,
  rejected text,
  resent integer NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, lane, boot_id, first_seq),
  CONSTRAINT device_batches_range CHECK (first_seq >= 0 AND last_seq >= first_seq)
);
CREATE UNIQUE INDEX device_batches_hash_key ON device_batches (device_id, lane, hash);
CREATE INDEX device_batches_gap_idx ON device_batches (device_id, lane, previous_hash) WHERE gap;

CREATE TABLE dead_letters (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  received_at timestamptz NOT NULL DEFAULT now(),
  device_id text,
  topic text NOT NULL,
  reason text NOT NULL,
  detail text NOT NULL,
  size_bytes integer NOT NULL,
  payload bytea
);
CREATE INDEX dead_letters_device_id_idx ON dead_letters (device_id, id);
