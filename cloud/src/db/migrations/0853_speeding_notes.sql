-- Events of speeding that came and that no job has looked at: each is judged alone by the limits that were corrected before it came. No key on the event:
-- whoever stores it again waits for nobody.
CREATE TABLE speeding_notes (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  event_id text NOT NULL
);
-- A correction goes through its events once, and is never begun anew.
ALTER TABLE limit_corrections DROP COLUMN touched;
