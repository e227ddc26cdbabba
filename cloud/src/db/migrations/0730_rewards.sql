-- Points are a ledger in double entry: whatever a driver gets, the issuer pays, and a transaction adds up to zero.
-- The accounts of the house have no running balance, so that no two drivers ever wait for one another.
CREATE TABLE reward_accounts (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('issuer', 'goodwill', 'redeemed', 'driver')),
  -- Null for the house, and for a driver who was forgotten.
  driver_id text UNIQUE REFERENCES drivers (id) ON DELETE SET NULL,
  balance bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT reward_accounts_of_drivers CHECK (driver_id IS NULL OR kind = 'driver'),
  CONSTRAINT reward_accounts_never_negative CHECK (kind <> 'driver' OR balance >= 0)
);
CREATE UNIQUE INDEX reward_accounts_house_key ON reward_accounts (kind) WHERE kind <> 'driver';
INSERT INTO reward_accounts (kind) VALUES ('issuer'), ('goodwill'), ('redeemed');

CREATE TABLE reward_transactions (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  -- The driver's account that it is about.
  account_id bigint NOT NULL REFERENCES reward_accounts (id),
  kind text NOT NULL CHECK (kind IN ('week', 'milestone', 'challenge', 'correction', 'redemption')),
  -- What it is for, `week:2026-06-01`; several parts of one cause set right what was posted before.
  cause text NOT NULL,
  part integer NOT NULL,
  made_at timestamptz NOT NULL,
  -- The user who made it, and why; null where the rules did.
  made_by text,
  reason text,
  catalogue text NOT NULL,
  CONSTRAINT reward_transactions_cause_key UNIQUE (account_id, cause, part),
  CONSTRAINT reward_transactions_by_hand CHECK ((kind = 'correction') = (made_by IS NOT NULL AND reason IS NOT NULL))
);

CREATE TABLE reward_entries (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  transaction_id bigint NOT NULL REFERENCES reward_transactions (id),
  account_id bigint NOT NULL REFERENCES reward_accounts (id),
  points bigint NOT NULL CHECK (points <> 0),
  CONSTRAINT reward_entries_transaction_account_key UNIQUE (transaction_id, account_id)
);
-- A driver's entries, the newest first.
CREATE INDEX reward_entries_account_idx ON reward_entries (account_id, id DESC);

-- The balance follows the entries; its row is locked by whoever posts first, and its check refuses an overdraft.
CREATE FUNCTION reward_entries_move_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE reward_accounts SET balance = balance + NEW.points WHERE id = NEW.account_id AND kind = 'driver';
  RETURN NULL;
END $$;
CREATE TRIGGER reward_entries_balance AFTER INSERT ON reward_entries
  FOR EACH ROW EXECUTE FUNCTION reward_entries_move_balance();

CREATE FUNCTION reward_entries_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(points) FROM reward_entries WHERE transaction_id = NEW.transaction_id) <> 0 THEN
    RAISE EXCEPTION 'reward transaction % does not add up to zero', NEW.transaction_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER reward_entries_zero_sum AFTER INSERT ON reward_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reward_entries_add_up();

CREATE FUNCTION reward_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% takes no %: post another transaction', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reward_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_entries
  FOR EACH STATEMENT EXECUTE FUNCTION reward_ledger_append_only();
CREATE TRIGGER reward_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION reward_ledger_append_only();

-- What a closed week was worth when it was last judged.
CREATE TABLE reward_weeks (
  driver_id text NOT NULL REFERENCES drivers (id) ON DELETE CASCADE,
  week date NOT NULL,
  points integer NOT NULL,
  judged jsonb NOT NULL,
  judged_at timestamptz NOT NULL,
  PRIMARY KEY (driver_id, week)
);

CREATE TABLE reward_achievements (
  driver_id text NOT NULL REFERENCES drivers (id) ON DELETE CASCADE,
  achievement_id text NOT NULL,
  reached_at timestamptz NOT NULL,
  -- Where the row began: it is taken back only while all of it is looked at.
  row_from timestamptz NOT NULL,
  PRIMARY KEY (driver_id, achievement_id)
);

CREATE TABLE reward_participations (
  driver_id text NOT NULL REFERENCES drivers (id) ON DELETE CASCADE,
  challenge_id text NOT NULL,
  joined_at timestamptz NOT NULL,
  left_at timestamptz,
  decided_at timestamptz,
  PRIMARY KEY (driver_id, challenge_id, joined_at)
);
-- One at a time.
CREATE UNIQUE INDEX reward_participations_open_key ON reward_participations (driver_id, challenge_id)
  WHERE left_at IS NULL;
-- Challenges that are to be decided when their days are over.
CREATE INDEX reward_participations_undecided_idx ON reward_participations (driver_id)
  WHERE left_at IS NULL AND decided_at IS NULL;

-- Who takes part in a leader board, by their own wish.
CREATE TABLE reward_board_members (
  board_id text NOT NULL,
  driver_id text NOT NULL REFERENCES drivers (id) ON DELETE CASCADE,
  since timestamptz NOT NULL,
  PRIMARY KEY (board_id, driver_id)
);

CREATE TABLE reward_redemptions (
  id text PRIMARY KEY,
  account_id bigint NOT NULL REFERENCES reward_accounts (id),
  transaction_id bigint NOT NULL UNIQUE REFERENCES reward_transactions (id),
  -- SHA-256 of the request's key, hex: once a driver.
  key_hash text NOT NULL,
  offer_id text NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  points integer NOT NULL CHECK (points > 0),
  value_minor integer NOT NULL,
  currency text NOT NULL,
  -- Whether it counts towards the most that may be given in a year, and where that most comes from.
  counts_in_year boolean NOT NULL,
  jurisdiction text NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT reward_redemptions_request_key UNIQUE (account_id, key_hash)
);
-- What a driver had in a year, and a driver's list.
CREATE INDEX reward_redemptions_account_idx ON reward_redemptions (account_id, made_at);
