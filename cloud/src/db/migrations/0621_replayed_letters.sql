-- A dead letter that went through ingest again: when and by whom, and how often that was tried.
ALTER TABLE dead_letters
  ADD COLUMN replayed_at timestamptz,
  ADD COLUMN replayed_by text,
  ADD COLUMN tries integer NOT NULL DEFAULT 0;
CREATE INDEX dead_letters_reason_idx ON dead_letters (reason, id) WHERE replayed_at IS NULL;
