-- A driver is told of a trip that a person says was theirs.
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN
  ('welcome', 'high_risk', 'premium_updated', 'safety_alert', 'contest_ruled', 'trip_assigned', 'device_silent'));
