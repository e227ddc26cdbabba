-- A driver is told of what an admin does to their policy, and of points that one gave or took.
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (kind IN
  ('welcome', 'high_risk', 'premium_updated', 'safety_alert', 'contest_ruled', 'trip_assigned', 'redemption_settled',
   'policy_changed', 'points_corrected', 'device_silent'));
