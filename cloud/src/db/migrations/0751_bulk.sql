-- Changes of many things at once: what was previewed, by whom, and what became of each.
CREATE TABLE bulk_runs (
  id text PRIMARY KEY,
  action text NOT NULL,
  body jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('previewed', 'waiting', 'running', 'done')),
  previewed_by text NOT NULL,
  previewed_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz
);
CREATE INDEX bulk_runs_open_idx ON bulk_runs (started_at) WHERE state = 'waiting' OR state = 'running';
CREATE INDEX bulk_runs_previewed_at_idx ON bulk_runs (previewed_at);

CREATE TABLE bulk_items (
  run_id text NOT NULL REFERENCES bulk_runs (id) ON DELETE CASCADE,
  place integer NOT NULL,
  item_id text NOT NULL,
  label text NOT NULL,
  change text NOT NULL,
  warning text,
  version text NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'skipped', 'failed')),
  detail text,
  PRIMARY KEY (run_id, place)
);

-- Reports as they were made; a report is never changed.
CREATE TABLE reports (
  id text PRIMARY KEY,
  kind text NOT NULL,
  period text NOT NULL,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  body jsonb NOT NULL,
  csv text NOT NULL
);
CREATE INDEX reports_made_at_idx ON reports (made_at DESC, id DESC);
CREATE INDEX reports_kind_idx ON reports (kind, period);
