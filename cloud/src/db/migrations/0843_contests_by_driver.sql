-- Who drove can be said of one person after another, and each may contest: that it was not them, each once; what the event was, one of them once.
ALTER TABLE contests DROP CONSTRAINT contests_event_id_key;
-- The contest of what an event was, for its account and its pages.
CREATE UNIQUE INDEX contests_event_idx ON contests (event_id) WHERE reason <> 'not_me';
-- Whether a driver has said that it was not them.
CREATE UNIQUE INDEX contests_not_me_idx ON contests (event_id, driver_id) WHERE reason = 'not_me';
