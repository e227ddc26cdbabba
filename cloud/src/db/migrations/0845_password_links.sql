-- A log-in may wait for its first password, which its owner chooses: until then nobody can log in.
ALTER TABLE users ALTER COLUMN password_hash DROP NOT NULL;
-- Who may have chosen the address of a log-in that had a password already: a password set by a link that goes there may be theirs.
ALTER TABLE users ADD COLUMN email_set_by text[] NOT NULL DEFAULT '{}';

-- Links by which passwords are set: the newest of each log-in, until it is used. The token is made of the nonce by the session key, and is in the mail alone.
CREATE TABLE password_links (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  user_id text NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('invitation', 'reset')),
  nonce text NOT NULL,
  -- SHA-256 of the token, base64url.
  token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

-- A mail may carry a link, which may be gone by the time it is sent.
ALTER TABLE notification_deliveries
  ADD COLUMN password_link_id bigint,
  DROP CONSTRAINT notification_deliveries_what,
  ADD CONSTRAINT notification_deliveries_what CHECK (
    num_nonnulls(notification_id, event_id, password_link_id) = 1
    AND (event_id IS NOT NULL) = (channel = 'webhook')
    AND (password_link_id IS NULL OR channel = 'email'));
