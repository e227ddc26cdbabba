-- The secret that a webhook had before its newest: it signs beside that until then, so that a receiver can change over.
ALTER TABLE webhooks
  ADD COLUMN previous_secret text,
  ADD COLUMN previous_until timestamptz,
  ADD CONSTRAINT webhooks_previous CHECK ((previous_secret IS NULL) = (previous_until IS NULL));
