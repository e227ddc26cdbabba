-- Judged kilometres from which on a plan goes by a score, where lists and reports of many drivers can ask for it.
ALTER TABLE rating_plans ADD COLUMN minimum_scored_km double precision NOT NULL
  GENERATED ALWAYS AS (coalesce((body::jsonb #>> '{relativity,minimumScoredM}')::double precision, 0) / 1000) STORED;
