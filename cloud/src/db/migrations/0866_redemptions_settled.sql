-- What becomes of what a driver had for points: whoever gives it says that it was given, or why it is not, and the points come back then.
ALTER TABLE reward_redemptions
  ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'fulfilled', 'refused')),
  ADD COLUMN settled_at timestamptz,
  -- The user who said so, and why it was refused.
  ADD COLUMN settled_by text,
  ADD COLUMN reason text,
  ADD CONSTRAINT reward_redemptions_settled CHECK ((state = 'open') = (settled_at IS NULL) AND (state = 'open') = (settled_by IS NULL)),
  ADD CONSTRAINT reward_redemptions_refused CHECK ((state = 'refused') = (reason IS NOT NULL));
-- Those of a state, in the order in which they were made.
CREATE INDEX reward_redemptions_state_idx ON reward_redemptions (state, made_at, id);
-- A driver is told what became of it.
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN
  ('welcome', 'high_risk', 'premium_updated', 'safety_alert', 'contest_ruled', 'trip_assigned', 'redemption_settled',
   'device_silent'));
