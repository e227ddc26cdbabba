-- What is said never to change does not, whoever writes to the database.
CREATE FUNCTION rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% takes no %: what was written stays', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER rating_plans_stay_all BEFORE TRUNCATE ON rating_plans FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER rating_plan_changes_stay_all BEFORE TRUNCATE ON rating_plan_changes FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER contest_rulings_stay_all BEFORE TRUNCATE ON contest_rulings FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER receipt_roots_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_roots FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER receipt_keys_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_keys FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER receipts_stay BEFORE DELETE OR TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();

-- A receipt is put into the tree of one day, once; nothing else of it changes. (Texts are not compared: a night would take minutes.)
CREATE TRIGGER receipts_stay_as_issued BEFORE UPDATE OF id, policy_id, driver_id, issued_at, body, hash, salt ON receipts
  FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
CREATE TRIGGER receipts_stay_in_tree BEFORE UPDATE OF root_day ON receipts
  FOR EACH ROW WHEN (OLD.root_day IS NOT NULL) EXECUTE FUNCTION rows_stay();

-- The simulation that an approval rested on, beside the newest; null for plans of the release, which were looked at before it.
ALTER TABLE rating_plans ADD COLUMN approved_simulation jsonb;
UPDATE rating_plans SET approved_simulation = simulation WHERE simulated_at <= approved_at;

CREATE OR REPLACE FUNCTION rating_plans_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.approved_at IS NOT NULL THEN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION 'rating plan "%" was approved: it stays, receipts rest on it', OLD.id;
    END IF;
    IF (NEW.id, NEW.version, NEW.title, NEW.body, NEW.hash, NEW.effective_from, NEW.effective_until, NEW.created_by, NEW.created_at, NEW.approved_by, NEW.approved_at, NEW.approved_simulation)
      IS DISTINCT FROM
      (OLD.id, OLD.version, OLD.title, OLD.body, OLD.hash, OLD.effective_from, OLD.effective_until, OLD.created_by, OLD.created_at, OLD.approved_by, OLD.approved_at, OLD.approved_simulation)
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
