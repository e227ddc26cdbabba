-- Receipts of the second format have a salt, and are in the tree of one day: that of their issue, or a later one where they were committed late.
ALTER TABLE receipts ADD COLUMN salt text, ADD COLUMN root_day date;
CREATE INDEX receipts_unrooted_idx ON receipts (issued_at) WHERE salt IS NOT NULL AND root_day IS NULL;
CREATE INDEX receipts_root_day_idx ON receipts (root_day, id) WHERE root_day IS NOT NULL;

-- Public keys that receipts were signed with; none is ever removed.
CREATE TABLE receipt_keys (
  key_id text PRIMARY KEY,
  public_key text NOT NULL,
  first_used_at timestamptz NOT NULL
);

-- The signed root of each day's receipts, which names the day before.
CREATE TABLE receipt_roots (
  day date PRIMARY KEY,
  leaves integer NOT NULL,
  root text NOT NULL,
  -- SHA-256 of the record without its signature, by which the next day names it.
  record_hash text NOT NULL,
  -- Canonical JSON.
  record text NOT NULL,
  published_at timestamptz NOT NULL
);
