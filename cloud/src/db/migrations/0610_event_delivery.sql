-- What one cause brought about, and which event brought about which.
ALTER TABLE domain_events ADD COLUMN correlation_id text, ADD COLUMN caused_by bigint;
UPDATE domain_events SET correlation_id = 'event-' || id;
ALTER TABLE domain_events ALTER COLUMN correlation_id SET NOT NULL;
-- An admin follows one batch to its premium.
CREATE INDEX domain_events_correlation_idx ON domain_events (correlation_id, id);
-- An admin reads a driver's events, the newest first.
CREATE INDEX domain_events_subject_idx ON domain_events (subject, id);

-- Of each consumer and subject at most one delivery is ready, the others are queued behind it: the index below holds it.
DROP INDEX domain_deliveries_pending_idx;
ALTER TABLE domain_deliveries DROP CONSTRAINT domain_deliveries_state_check;
ALTER TABLE domain_deliveries ALTER COLUMN state DROP DEFAULT;
UPDATE domain_deliveries SET state = 'queued' WHERE state = 'pending';
UPDATE domain_deliveries d SET state = 'ready'
WHERE state = 'queued' AND NOT EXISTS (
  SELECT 1 FROM domain_deliveries earlier
  WHERE earlier.consumer = d.consumer AND earlier.subject = d.subject AND earlier.state = 'queued'
    AND earlier.event_id < d.event_id
);
ALTER TABLE domain_deliveries
  ADD CONSTRAINT domain_deliveries_state_check CHECK (state IN ('ready', 'queued', 'done', 'dead'));
CREATE UNIQUE INDEX domain_deliveries_ready_key ON domain_deliveries (consumer, subject) WHERE state = 'ready';
-- A consumer takes the delivery that is due the longest.
CREATE INDEX domain_deliveries_due_idx ON domain_deliveries (consumer, next_attempt_at, event_id) WHERE state = 'ready';
-- The next of a subject becomes ready.
CREATE INDEX domain_deliveries_queued_idx ON domain_deliveries (consumer, subject, event_id) WHERE state = 'queued';
-- Dead deliveries are listed, the newest first.
CREATE INDEX domain_deliveries_dead_idx ON domain_deliveries (event_id) WHERE state = 'dead';
-- The deliveries of an event: read by admins, removed with it.
CREATE INDEX domain_deliveries_event_idx ON domain_deliveries (event_id);
-- A queue: its rows change state soon after they are written, so dead versions are cleared away early.
ALTER TABLE domain_deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

-- The road that events take: straight into the deliveries, or by Kafka. One row; every process goes by it.
CREATE TABLE domain_bus (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  kind text NOT NULL CHECK (kind IN ('table', 'kafka'))
);
INSERT INTO domain_bus (kind) VALUES ('table');

-- Events that Kafka has not confirmed yet.
CREATE TABLE domain_relay (
  event_id bigint PRIMARY KEY REFERENCES domain_events (id)
);
ALTER TABLE domain_relay SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
