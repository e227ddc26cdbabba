CREATE TABLE idempotency_keys (
  key_hash text PRIMARY KEY,
  request_hash text NOT NULL,
  created_at timestamptz NOT NULL,
  status integer,
  answer text
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);
