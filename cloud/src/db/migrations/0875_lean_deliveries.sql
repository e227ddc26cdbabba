-- One index of deliveries less to write: the key serves who looks for those of an event, too, and grows at its end.
ALTER TABLE domain_deliveries DROP CONSTRAINT domain_deliveries_pkey, ADD PRIMARY KEY (event_id, consumer);
DROP INDEX domain_deliveries_event_idx;
