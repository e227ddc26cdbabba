-- What a driver is told on the pages.
CREATE TABLE notifications (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  driver_id text NOT NULL REFERENCES drivers (id) ON DELETE CASCADE,
  -- The domain event that it tells of: told once.
  event_id bigint NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('safety_alert', 'premium_updated')),
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz
);
-- A driver's list, the newest first.
CREATE INDEX notifications_driver_idx ON notifications (driver_id, id DESC);
-- How many a driver has not read.
CREATE INDEX notifications_unread_idx ON notifications (driver_id) WHERE read_at IS NULL;
-- Retention.
CREATE INDEX notifications_created_idx ON notifications (created_at);
