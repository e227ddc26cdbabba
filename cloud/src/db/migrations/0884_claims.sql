-- Claims as the insurer's own system told them last. Reports read them; no score, price or receipt does.
CREATE TABLE claims (
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$'),
  policy_id text NOT NULL REFERENCES policies (id),
  coverage text NOT NULL,
  occurred_on date NOT NULL,
  paid_minor bigint NOT NULL CHECK (paid_minor BETWEEN 0 AND 1000000000000),
  reserved_minor bigint NOT NULL CHECK (reserved_minor BETWEEN 0 AND 1000000000000),
  currency text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'closed')),
  told_at timestamptz NOT NULL,
  told_by text NOT NULL
);
CREATE INDEX claims_occurred_on_idx ON claims (occurred_on);
CREATE INDEX claims_policy_id_idx ON claims (policy_id, occurred_on);
