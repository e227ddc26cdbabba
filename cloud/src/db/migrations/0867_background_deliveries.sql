-- What background work brings about (everybody is scored anew) is handled when nothing else of a consumer is due.
ALTER TABLE domain_events ADD COLUMN background boolean NOT NULL DEFAULT false;
ALTER TABLE domain_deliveries ADD COLUMN background boolean NOT NULL DEFAULT false;
-- A consumer takes the delivery that is due the longest: of what is told at once, and else of the background.
DROP INDEX domain_deliveries_due_idx;
CREATE INDEX domain_deliveries_due_idx ON domain_deliveries (consumer, background, next_attempt_at, event_id)
  WHERE state = 'ready';
-- What of a subject waits in the background, when something of it comes that does not.
CREATE INDEX domain_deliveries_background_idx ON domain_deliveries (consumer, subject)
  WHERE background AND state IN ('ready', 'queued');
