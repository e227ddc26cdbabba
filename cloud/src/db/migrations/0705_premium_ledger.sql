-- Time of the policy's term that is billed: up to this day, which is not billed yet. Null before the first bill.
ALTER TABLE policies ADD COLUMN billed_until date;
CREATE INDEX policies_unbilled_idx ON policies ((coalesce(billed_until, starts_on)))
  WHERE coalesce(billed_until, starts_on) <= ends_on;

-- A premium may come of a bill or of a change of the policy, without an event; and each says where the ledger stands.
ALTER TABLE premiums ALTER COLUMN event_id DROP NOT NULL;
ALTER TABLE premiums
  ADD COLUMN billed_minor bigint,
  ADD COLUMN waived_minor bigint,
  ADD COLUMN billed_until date;

-- What a policy was asked for and given back, minor units. Corrections and waivers add up to nothing; the rest is the balance.
CREATE TABLE premium_entries (
  policy_id text NOT NULL REFERENCES policies (id),
  seq integer NOT NULL CHECK (seq > 0),
  driver_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('charge', 'correction', 'waiver', 'refund', 'cancellation', 'endorsement')),
  amount_minor bigint NOT NULL CHECK (
    amount_minor <> 0
    AND (kind <> 'charge' OR amount_minor > 0)
    AND (kind NOT IN ('refund', 'cancellation', 'endorsement') OR amount_minor < 0)
  ),
  currency text NOT NULL,
  -- The sum of all amounts to here.
  balance_minor bigint NOT NULL,
  -- End of the time billed, not included.
  through_day date NOT NULL,
  receipt_id text NOT NULL REFERENCES receipts (id),
  -- What brought it about: an event, a period, a change of the policy. One entry a kind and cause: a second try writes nothing twice.
  cause text NOT NULL,
  correlation_id text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (policy_id, seq)
);
CREATE UNIQUE INDEX premium_entries_cause_key ON premium_entries (policy_id, cause, kind);

CREATE FUNCTION premium_entries_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last premium_entries;
BEGIN
  SELECT * INTO last FROM premium_entries WHERE policy_id = NEW.policy_id ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq, 0) + 1 THEN
    RAISE EXCEPTION 'entry % of policy % does not follow entry %', NEW.seq, NEW.policy_id, coalesce(last.seq, 0)
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.balance_minor <> coalesce(last.balance_minor, 0) + NEW.amount_minor THEN
    RAISE EXCEPTION 'the balance of entry % of policy % is not that of the entries before and its amount', NEW.seq, NEW.policy_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.currency <> coalesce(last.currency, NEW.currency) THEN
    RAISE EXCEPTION 'entry % of policy % is in another currency than those before', NEW.seq, NEW.policy_id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER premium_entries_follow BEFORE INSERT ON premium_entries
  FOR EACH ROW EXECUTE FUNCTION premium_entries_follow();

CREATE FUNCTION premium_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of a ledger are neither changed nor removed; a correction is an entry of its own'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER premium_entries_stay BEFORE UPDATE OR DELETE ON premium_entries
  FOR EACH ROW EXECUTE FUNCTION premium_entries_stay();
CREATE TRIGGER premium_entries_stay_all BEFORE TRUNCATE ON premium_entries
  FOR EACH STATEMENT EXECUTE FUNCTION premium_entries_stay();
