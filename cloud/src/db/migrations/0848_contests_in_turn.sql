-- Whoever is said to have driven contests an event once, whoever did before them; and anew what comes back to them after their "not me" was upheld.
DROP INDEX contests_event_idx;
DROP INDEX contests_not_me_idx;
CREATE UNIQUE INDEX contests_by_driver_idx ON contests (event_id, driver_id) WHERE reason <> 'not_me' OR state <> 'upheld';
-- What an event was is looked at for one of them at a time.
CREATE UNIQUE INDEX contests_looked_at_idx ON contests (event_id) WHERE reason <> 'not_me' AND state IN ('open', 'awaiting_second');
