-- When an event was recorded by the clock of the database: one host's clock may be ahead of another's, and what waits is measured from here.
ALTER TABLE domain_events ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now();
-- What waits already has waited since its own time; a time that is still to come is a wrong clock's.
UPDATE domain_events e SET recorded_at = e.time
FROM (
  SELECT event_id FROM domain_deliveries WHERE state IN ('ready', 'queued') UNION SELECT event_id FROM domain_relay
) waiting
WHERE e.id = waiting.event_id AND e.time < e.recorded_at;
UPDATE domain_deliveries SET next_attempt_at = now() WHERE state IN ('ready', 'queued') AND next_attempt_at > now();
