CREATE TABLE scores (
  driver_id text NOT NULL,
  version integer NOT NULL,
  event_id bigint NOT NULL,
  trip_id text,
  calculated_at timestamptz NOT NULL,
  risk double precision NOT NULL CHECK (risk BETWEEN 0 AND 100),
  risk_low double precision NOT NULL,
  risk_high double precision NOT NULL,
  margin double precision NOT NULL,
  relativity double precision NOT NULL,
  exposure_km double precision NOT NULL,
  trips integer NOT NULL,
  period_days integer NOT NULL,
  model_name text NOT NULL,
  model_version text NOT NULL,
  model_hash text NOT NULL,
  features jsonb NOT NULL,
  reasons jsonb NOT NULL,
  PRIMARY KEY (driver_id, version)
);
CREATE UNIQUE INDEX scores_event_id_key ON scores (event_id);

CREATE TABLE receipts (
  id text PRIMARY KEY,
  policy_id text NOT NULL REFERENCES policies (id),
  driver_id text NOT NULL,
  issued_at timestamptz NOT NULL,
  body text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX receipts_driver_id_idx ON receipts (driver_id, issued_at DESC, id DESC);

CREATE TABLE premiums (
  policy_id text NOT NULL REFERENCES policies (id),
  version integer NOT NULL,
  event_id bigint NOT NULL,
  driver_id text NOT NULL,
  receipt_id text NOT NULL REFERENCES receipts (id),
  calculated_at timestamptz NOT NULL,
  plan_id text NOT NULL,
  currency text NOT NULL,
  term_days integer NOT NULL,
  premium_minor bigint NOT NULL,
  month_minor bigint NOT NULL,
  before_discount_minor bigint NOT NULL,
  discount_ppm integer NOT NULL,
  max_discount_ppm integer NOT NULL,
  clean_share_ppm integer NOT NULL,
  credibility_ppm integer NOT NULL,
  relativity_ppm integer NOT NULL,
  exposure_km double precision NOT NULL,
  PRIMARY KEY (policy_id, version)
);
CREATE UNIQUE INDEX premiums_event_policy_key ON premiums (event_id, policy_id);
CREATE INDEX premiums_driver_id_idx ON premiums (driver_id, calculated_at DESC);
