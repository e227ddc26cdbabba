-- Versions of models and where they stand; at most one of a name prices.
CREATE TABLE model_versions (
  name text NOT NULL,
  version text NOT NULL,
  stage text NOT NULL CHECK (stage IN ('candidate', 'shadow', 'live', 'retired')),
  since timestamptz NOT NULL,
  changed_by text NOT NULL,
  note text NOT NULL,
  manifest_hash text,
  PRIMARY KEY (name, version)
);
CREATE UNIQUE INDEX model_versions_one_live ON model_versions (name) WHERE stage = 'live';

-- Every change of a stage, never altered; from_stage is null where a version was taken in.
CREATE TABLE model_stage_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  version text NOT NULL,
  from_stage text,
  to_stage text NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  note text NOT NULL,
  FOREIGN KEY (name, version) REFERENCES model_versions (name, version)
);

-- What a version in the shadow would have said, beside the score that counts: shown to nobody who drives, and never priced.
CREATE TABLE shadow_scores (
  event_id bigint NOT NULL,
  model_name text NOT NULL,
  model_version text NOT NULL,
  driver_id text NOT NULL,
  calculated_at timestamptz NOT NULL,
  risk double precision NOT NULL CHECK (risk BETWEEN 0 AND 100),
  margin double precision NOT NULL,
  relativity double precision NOT NULL,
  live_version text NOT NULL,
  live_risk double precision NOT NULL,
  live_margin double precision NOT NULL,
  features jsonb NOT NULL,
  PRIMARY KEY (event_id, model_name, model_version)
);
CREATE INDEX shadow_scores_calculated_at_idx ON shadow_scores (model_name, model_version, calculated_at);
CREATE INDEX scores_calculated_at_idx ON scores (calculated_at);
