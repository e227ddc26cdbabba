-- More kinds; what no event brought about (a silent device) is told once an occasion, and some to the admins alone.
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications
  ADD CONSTRAINT notifications_kind_check CHECK (kind IN
    ('welcome', 'high_risk', 'premium_updated', 'safety_alert', 'contest_ruled', 'device_silent')),
  ALTER COLUMN driver_id DROP NOT NULL,
  ALTER COLUMN event_id DROP NOT NULL,
  ADD COLUMN occasion text UNIQUE,
  ADD CONSTRAINT notifications_cause CHECK ((event_id IS NULL) <> (occasion IS NULL));
-- What admins are told, the newest first.
CREATE INDEX notifications_admins_idx ON notifications (id DESC) WHERE driver_id IS NULL;

-- How a driver wants to be told; without a row as `preference-defaults.ts` says.
CREATE TABLE notification_preferences (
  driver_id text PRIMARY KEY REFERENCES drivers (id) ON DELETE CASCADE,
  preferences jsonb NOT NULL,
  updated_at timestamptz NOT NULL
);

-- Browsers that take a driver's pushes.
CREATE TABLE push_subscriptions (
  id text PRIMARY KEY,
  driver_id text NOT NULL REFERENCES drivers (id) ON DELETE CASCADE,
  endpoint text NOT NULL UNIQUE,
  p256dh text NOT NULL,
  auth text NOT NULL,
  created_at timestamptz NOT NULL
);
-- The browsers of a driver.
CREATE INDEX push_subscriptions_driver_idx ON push_subscriptions (driver_id, created_at);

-- Addresses that are told of domain events. The secret signs, so it is kept as it is.
CREATE TABLE webhooks (
  id text PRIMARY KEY,
  url text NOT NULL,
  event_types text[] NOT NULL,
  secret text NOT NULL,
  enabled boolean NOT NULL,
  created_at timestamptz NOT NULL
);

-- One message to one address by one channel.
CREATE TABLE notification_deliveries (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  channel text NOT NULL CHECK (channel IN ('email', 'push', 'webhook')),
  -- A log-in, a push subscription or a webhook: its address is read when it is sent.
  target text NOT NULL,
  notification_id bigint REFERENCES notifications (id) ON DELETE CASCADE,
  -- The domain event of a webhook's message; it may be gone by now.
  event_id bigint,
  -- Waits for the digest; `digest_id` ties those that go out in one message together.
  digest boolean NOT NULL,
  digest_id bigint,
  state text NOT NULL CHECK (state IN ('ready', 'sent', 'dead', 'dropped')),
  attempts integer NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  error text,
  CONSTRAINT notification_deliveries_what CHECK ((notification_id IS NULL) = (channel = 'webhook') AND (event_id IS NULL) = (channel <> 'webhook'))
);
-- A message is recorded once.
CREATE UNIQUE INDEX notification_deliveries_message_key ON notification_deliveries (notification_id, channel, target);
CREATE UNIQUE INDEX notification_deliveries_event_key ON notification_deliveries (event_id, target);
-- A sender takes what is due the longest.
CREATE INDEX notification_deliveries_due_idx ON notification_deliveries (channel, next_attempt_at, id) WHERE state = 'ready';
-- What goes into one digest.
CREATE INDEX notification_deliveries_digest_idx ON notification_deliveries (target, id) WHERE state = 'ready' AND digest;
-- Deliveries by state, the newest first.
CREATE INDEX notification_deliveries_state_idx ON notification_deliveries (state, id DESC);
-- Deliveries of a webhook, the newest first.
CREATE INDEX notification_deliveries_target_idx ON notification_deliveries (target, id DESC);
-- Retention of what was settled.
CREATE INDEX notification_deliveries_settled_idx ON notification_deliveries (settled_at) WHERE state <> 'ready';
-- A queue: its rows change soon after they are written.
ALTER TABLE notification_deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

-- Every try of a delivery.
CREATE TABLE notification_attempts (
  delivery_id bigint NOT NULL REFERENCES notification_deliveries (id) ON DELETE CASCADE,
  attempt integer NOT NULL,
  at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('sent', 'retry', 'dead', 'dropped')),
  error text,
  PRIMARY KEY (delivery_id, at)
);
