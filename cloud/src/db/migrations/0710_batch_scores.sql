-- A driver's statistics as numbers alone (models/src/trips/packed-statistics.ts), of how many trips, and the newest trip that is insured. Kept in
-- the row, uncompressed: a batch reads hundreds of thousands of them. Null where they were added up before this was kept.
ALTER TABLE driver_statistics
  ADD COLUMN sums bytea,
  ADD COLUMN trip_rows integer,
  ADD COLUMN trip_id text,
  ADD COLUMN policy_id text;
ALTER TABLE driver_statistics ALTER COLUMN sums SET STORAGE PLAIN;

-- Drivers whose trips changed since they were added up. Written and taken away, never changed, so that ingest waits for nobody.
CREATE TABLE driver_touches (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  driver_id text NOT NULL
);
CREATE INDEX driver_touches_driver_idx ON driver_touches (driver_id);
ALTER TABLE driver_touches SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
INSERT INTO driver_touches (driver_id) SELECT DISTINCT driver_id FROM trips WHERE driver_id IS NOT NULL AND statistics IS NOT NULL;

-- In the transaction that changes the trip, whoever does it: nothing that a sum rests on changes unseen.
CREATE FUNCTION touch_drivers_of_new_trips() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO driver_touches (driver_id)
  SELECT DISTINCT driver_id FROM new_trips WHERE driver_id IS NOT NULL AND statistics IS NOT NULL;
  RETURN NULL;
END $$;
CREATE FUNCTION touch_drivers_of_old_trips() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO driver_touches (driver_id)
  SELECT DISTINCT driver_id FROM old_trips WHERE driver_id IS NOT NULL AND statistics IS NOT NULL;
  RETURN NULL;
END $$;
CREATE FUNCTION touch_drivers_of_changed_trips() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO driver_touches (driver_id)
  SELECT o.driver_id FROM old_trips o JOIN new_trips n USING (id)
  WHERE o.driver_id IS NOT NULL AND o.statistics IS NOT NULL
    AND (o.driver_id, o.policy_id, o.start_at, o.end_at, o.statistics)
      IS DISTINCT FROM (n.driver_id, n.policy_id, n.start_at, n.end_at, n.statistics)
  UNION
  SELECT n.driver_id FROM old_trips o JOIN new_trips n USING (id)
  WHERE n.driver_id IS NOT NULL AND n.statistics IS NOT NULL
    AND (o.driver_id, o.policy_id, o.start_at, o.end_at, o.statistics)
      IS DISTINCT FROM (n.driver_id, n.policy_id, n.start_at, n.end_at, n.statistics);
  RETURN NULL;
END $$;
CREATE TRIGGER trips_inserted_touch AFTER INSERT ON trips
  REFERENCING NEW TABLE AS new_trips FOR EACH STATEMENT EXECUTE FUNCTION touch_drivers_of_new_trips();
CREATE TRIGGER trips_updated_touch AFTER UPDATE ON trips
  REFERENCING OLD TABLE AS old_trips NEW TABLE AS new_trips FOR EACH STATEMENT EXECUTE FUNCTION touch_drivers_of_changed_trips();
CREATE TRIGGER trips_deleted_touch AFTER DELETE ON trips
  REFERENCING OLD TABLE AS old_trips FOR EACH STATEMENT EXECUTE FUNCTION touch_drivers_of_old_trips();

-- Many drivers scored anew at once: what was asked for, how far it is, and who is at it. All that a process needs to go on where another ended.
CREATE TABLE risk_jobs (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  -- Null: all.
  driver_ids text[],
  period_days integer NOT NULL CHECK (period_days BETWEEN 1 AND 365),
  batch_size integer NOT NULL CHECK (batch_size > 0),
  requested_by text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed')),
  cancel_asked boolean NOT NULL DEFAULT false,
  -- Who is at it, and until when nobody else takes it.
  runner text,
  lease_until timestamptz,
  -- How often it was taken without any batch done since.
  attempts integer NOT NULL DEFAULT 0,
  model_version text,
  -- Every driver up to this id is done.
  after_id text NOT NULL DEFAULT '',
  total integer NOT NULL,
  scored integer NOT NULL DEFAULT 0,
  unchanged integer NOT NULL DEFAULT 0,
  unscored integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz
);
-- Few are open, and each process looks for one.
CREATE INDEX risk_jobs_open_idx ON risk_jobs (id) WHERE state IN ('queued', 'running');

CREATE TABLE risk_job_failures (
  job_id bigint NOT NULL REFERENCES risk_jobs (id) ON DELETE CASCADE,
  driver_id text NOT NULL,
  error text NOT NULL,
  PRIMARY KEY (job_id, driver_id)
);

-- A score that a job asked for has no event; one of a driver and job. Its features and their shares stand in numbers, 32 and 64 bits each,
-- in the order of the model's columns; sentences are made when it is read.
ALTER TABLE scores
  ALTER COLUMN event_id DROP NOT NULL,
  ALTER COLUMN features DROP NOT NULL,
  ALTER COLUMN reasons DROP NOT NULL,
  ADD COLUMN job_id bigint,
  ADD COLUMN feature_row bytea,
  ADD COLUMN shap_row bytea,
  ADD CONSTRAINT scores_cause CHECK ((event_id IS NULL) <> (job_id IS NULL)),
  ADD CONSTRAINT scores_features CHECK (feature_row IS NOT NULL OR features IS NOT NULL AND reasons IS NOT NULL);
CREATE UNIQUE INDEX scores_job_driver_key ON scores (job_id, driver_id) WHERE job_id IS NOT NULL;

-- What the numbers of a model's scores are, for when the model itself is gone.
CREATE TABLE score_columns (
  model_hash text PRIMARY KEY,
  names text[] NOT NULL,
  -- What the shares add up to the margin with, and the margin at which the relativity is one.
  base double precision NOT NULL,
  portfolio_margin double precision NOT NULL
);
