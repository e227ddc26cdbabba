-- When an event was first told here: from then on it may be contested for so many days. Of those that are here already, now.
ALTER TABLE driving_events ADD COLUMN told_at timestamptz NOT NULL DEFAULT now();
-- Events of speeding near a place: those that a corrected limit concerns.
CREATE INDEX driving_events_place_idx ON driving_events (lat, lon) WHERE kind = 'speeding';

-- The car's own statistics, where those that count are others; null where they are the car's.
ALTER TABLE trips ADD COLUMN car_statistics jsonb;

CREATE TABLE contests (
  id text PRIMARY KEY,
  event_id text NOT NULL UNIQUE REFERENCES driving_events (id),
  trip_id text NOT NULL,
  driver_id text NOT NULL REFERENCES drivers (id),
  policy_id text REFERENCES policies (id),
  reason text NOT NULL,
  words text NOT NULL,
  limit_kmh double precision,
  state text NOT NULL CHECK (state IN ('open', 'awaiting_second', 'upheld', 'rejected', 'withdrawn')),
  version integer NOT NULL DEFAULT 1,
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  on_behalf boolean NOT NULL,
  rule_by timestamptz NOT NULL,
  settled_at timestamptz,
  -- Who drove instead, where that is known; and whether a person had said who drove before.
  driven_by text REFERENCES drivers (id),
  was_assigned boolean NOT NULL,
  -- The domain events of the trip's versions that the contest and its ruling made: scores and premiums of later ones follow from these.
  suspended_by bigint,
  settled_by bigint,
  CHECK ((settled_at IS NULL) = (state IN ('open', 'awaiting_second')))
);
CREATE INDEX contests_driver_idx ON contests (driver_id, opened_at DESC, id DESC);
CREATE INDEX contests_trip_idx ON contests (trip_id);
CREATE INDEX contests_state_idx ON contests (state, rule_by, id);

CREATE TABLE contest_rulings (
  contest_id text NOT NULL REFERENCES contests (id),
  number integer NOT NULL,
  ruling text NOT NULL CHECK (ruling IN ('upheld', 'rejected', 'withdrawn')),
  by text NOT NULL CHECK (by IN ('admin', 'silence', 'driver')),
  user_id text,
  grounds text NOT NULL,
  at timestamptz NOT NULL,
  settles boolean NOT NULL,
  effect_minor bigint,
  currency text,
  limit_kmh double precision,
  PRIMARY KEY (contest_id, number)
);
CREATE FUNCTION contest_rulings_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a ruling is never changed or removed: give another one';
END $$;
CREATE TRIGGER contest_rulings_stay BEFORE UPDATE OR DELETE ON contest_rulings
  FOR EACH ROW EXECUTE FUNCTION contest_rulings_stay();

-- True limits by place, direction and time, from contests that were upheld; `due` while events within are to be judged again, in the order of their ids.
CREATE TABLE limit_corrections (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  contest_id text NOT NULL UNIQUE REFERENCES contests (id),
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  heading_deg double precision,
  radius_m double precision NOT NULL,
  limit_kmh double precision NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  created_at timestamptz NOT NULL,
  due boolean NOT NULL DEFAULT true,
  judged_to text,
  -- How often an event came late that it may concern.
  touched integer NOT NULL DEFAULT 0
);
CREATE INDEX limit_corrections_due_idx ON limit_corrections (id) WHERE due;
CREATE INDEX limit_corrections_place_idx ON limit_corrections (lat);

-- What events of speeding are by a corrected limit; no band where they are none.
CREATE TABLE corrected_events (
  correction_id bigint NOT NULL REFERENCES limit_corrections (id),
  event_id text NOT NULL REFERENCES driving_events (id),
  trip_id text NOT NULL,
  band text,
  peak double precision,
  limit_kmh double precision NOT NULL,
  judged_at timestamptz NOT NULL,
  PRIMARY KEY (correction_id, event_id)
);
CREATE INDEX corrected_events_trip_idx ON corrected_events (trip_id);
