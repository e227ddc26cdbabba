-- What became of a policy, which policy it follows (renewed, or changed within its term), and the relativity it starts from.
ALTER TABLE policies
  ADD COLUMN state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'renewed', 'endorsed', 'cancelled')),
  ADD COLUMN follows text REFERENCES policies (id),
  ADD COLUMN carried jsonb;
-- A policy is renewed, or becomes another, once.
CREATE UNIQUE INDEX policies_follows_key ON policies (follows);

CREATE TABLE policy_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id text NOT NULL REFERENCES policies (id),
  kind text NOT NULL CHECK (kind IN ('bound', 'renewed', 'endorsed', 'cancelled')),
  -- The first day of which it is true.
  on_day date NOT NULL,
  changed_by text NOT NULL,
  reason text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX policy_changes_policy_id_idx ON policy_changes (policy_id, id);
