-- Kilometres of a score on which events could be graded: the score is believed as far as these go.
ALTER TABLE scores ADD COLUMN judged_km double precision NOT NULL DEFAULT 0;
