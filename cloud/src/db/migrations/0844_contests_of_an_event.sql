-- Whether an event was contested before, and by whom.
CREATE INDEX contests_of_event_idx ON contests (event_id);
