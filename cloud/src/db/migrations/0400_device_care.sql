-- What a device says of records that it dropped: it stands in the chain of its lane for the batches that held them.
CREATE TABLE device_gaps (
  device_id text NOT NULL REFERENCES devices (id),
  lane text NOT NULL,
  boot_id bigint NOT NULL,
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  hash bytea NOT NULL,
  previous_hash bytea NOT NULL,
  end_hash bytea NOT NULL,
  reason text NOT NULL,
  dropped bigint NOT NULL,
  dropped_at timestamptz NOT NULL,
  open boolean NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, lane, boot_id, first_seq),
  CONSTRAINT device_gaps_range CHECK (first_seq >= 0 AND last_seq >= first_seq AND dropped BETWEEN 0 AND last_seq - first_seq + 1)
);
CREATE INDEX device_gaps_end_hash_idx ON device_gaps (device_id, lane, end_hash);

-- Full-rate readings that were asked for, as they came; the oldest of a device make room (ingest/raw-chunks.ts).
CREATE TABLE raw_chunks (
  device_id text NOT NULL REFERENCES devices (id),
  boot_id bigint NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  chunk bytea NOT NULL,
  PRIMARY KEY (device_id, boot_id, seq)
);
CREATE INDEX raw_chunks_at_idx ON raw_chunks (device_id, at);

-- The newest word of a device on `state` and on `report`.
CREATE TABLE device_words (
  device_id text NOT NULL REFERENCES devices (id),
  stream text NOT NULL,
  word jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, stream)
);

ALTER TABLE devices ADD COLUMN settings jsonb NOT NULL DEFAULT '{}', ADD COLUMN settings_version integer NOT NULL DEFAULT 0;

CREATE TABLE device_commands (
  id text PRIMARY KEY,
  device_id text NOT NULL REFERENCES devices (id),
  command jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz,
  result text,
  detail text
);
CREATE INDEX device_commands_waiting_idx ON device_commands (device_id, created_at) WHERE answered_at IS NULL;
