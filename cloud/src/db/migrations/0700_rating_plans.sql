-- Rating plans: what was approved never changes, and whoever submitted a plan does not approve it.
CREATE TABLE rating_plans (
  id text PRIMARY KEY,
  version text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  hash text NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'approved', 'withdrawn')),
  effective_from date NOT NULL,
  effective_until date,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  approved_by text,
  approved_at timestamptz,
  simulation jsonb,
  simulated_at timestamptz,
  CONSTRAINT rating_plans_approval CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (state <> 'approved' OR approved_by IS NOT NULL)),
  CONSTRAINT rating_plans_two_people CHECK (approved_by IS NULL OR approved_by <> created_by OR created_by = 'release')
);

CREATE FUNCTION rating_plans_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.approved_at IS NOT NULL THEN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION 'rating plan "%" was approved: it stays, receipts rest on it', OLD.id;
    END IF;
    IF (NEW.id, NEW.version, NEW.title, NEW.body, NEW.hash, NEW.effective_from, NEW.effective_until, NEW.created_by, NEW.created_at, NEW.approved_by, NEW.approved_at)
      IS DISTINCT FROM
      (OLD.id, OLD.version, OLD.title, OLD.body, OLD.hash, OLD.effective_from, OLD.effective_until, OLD.created_by, OLD.created_at, OLD.approved_by, OLD.approved_at)
      OR NEW.state = 'draft' THEN
      RAISE EXCEPTION 'rating plan "%" was approved: it is not changed, a changed plan is one with an id of its own', OLD.id;
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' THEN
    RAISE EXCEPTION 'rating plan "%" was withdrawn: it does not come back', OLD.id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER rating_plans_hold BEFORE UPDATE OR DELETE ON rating_plans FOR EACH ROW EXECUTE FUNCTION rating_plans_hold();

-- What was done with plans, by whom and why: written, never changed.
CREATE TABLE rating_plan_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_id text NOT NULL REFERENCES rating_plans (id),
  action text NOT NULL CHECK (action IN ('submitted', 'simulated', 'approved', 'withdrawn')),
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  note text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX rating_plan_changes_plan_idx ON rating_plan_changes (plan_id, id);

CREATE FUNCTION rating_plan_changes_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was done with rating plans is not rewritten';
END
$$;
CREATE TRIGGER rating_plan_changes_hold BEFORE UPDATE OR DELETE ON rating_plan_changes FOR EACH ROW EXECUTE FUNCTION rating_plan_changes_hold();

-- What a policy tells its plan: jurisdiction and classes.
ALTER TABLE policies ADD COLUMN rated jsonb NOT NULL DEFAULT '{}';
