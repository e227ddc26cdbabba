CREATE TABLE domain_events (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL,
  subject text NOT NULL,
  time timestamptz NOT NULL,
  data jsonb NOT NULL
);

CREATE TABLE domain_deliveries (
  consumer text NOT NULL,
  event_id bigint NOT NULL REFERENCES domain_events (id),
  subject text NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  error text,
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX domain_deliveries_pending_idx ON domain_deliveries (consumer, subject, event_id) WHERE state = 'pending';
