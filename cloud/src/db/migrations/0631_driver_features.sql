-- The newest features of each driver: what scores, explanations and what-ifs read. Made anew from the trips whenever these changed.
CREATE TABLE driver_features (
  driver_id text PRIMARY KEY,
  basis text NOT NULL,
  as_of timestamptz NOT NULL,
  computed_at timestamptz NOT NULL,
  trips integer NOT NULL,
  exposure_km double precision NOT NULL,
  judged_km double precision NOT NULL,
  features jsonb NOT NULL
);
