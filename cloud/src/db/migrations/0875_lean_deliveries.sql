-- One index of deliveries less to write: the key serves who looks for those of an event, too, and grows at its end.
ALTER TABLE domain_deliveries DROP CONSTRAINT domain_deliveries_pkey, ADD PRIMARY KEY (event_id, consumer);
DROP INDEX domain_deliveries_event_idx;
-- Whether a subject has an open delivery is for the key of (consumer, subject) to say: by statistics of an empty moment the planner also took this index, and read all
-- that was ready of a consumer for each. It serves who asks what is due alone.
DROP INDEX domain_deliveries_due_idx;
CREATE INDEX domain_deliveries_due_idx ON domain_deliveries (consumer, background, next_attempt_at, event_id)
  WHERE state = 'ready' AND next_attempt_at IS NOT NULL;
