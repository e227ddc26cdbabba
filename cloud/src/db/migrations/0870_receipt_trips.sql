-- What receipts tell of a trip, once for each text: the receipts of a term tell nearly the same trips again and again.
CREATE TABLE receipt_trips (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id text NOT NULL REFERENCES policies (id),
  -- SHA-256 of the text.
  digest bytea NOT NULL,
  -- Canonical JSON.
  told text NOT NULL,
  UNIQUE (policy_id, digest)
);
CREATE TRIGGER receipt_trips_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_trips FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();

-- A receipt is whole, as before, or a stem with the place of its trips: so many characters of it stand before them.
ALTER TABLE receipts ALTER COLUMN body DROP NOT NULL,
  ADD COLUMN stem text, ADD COLUMN trips_at integer, ADD COLUMN trip_ids bigint[],
  ADD CONSTRAINT receipts_text_check CHECK (num_nonnulls(body, stem) = 1 AND num_nonnulls(stem, trips_at, trip_ids) IN (0, 3));
DROP TRIGGER receipts_stay_as_issued ON receipts;
CREATE TRIGGER receipts_stay_as_issued BEFORE UPDATE OF id, policy_id, driver_id, issued_at, body, stem, trips_at, trip_ids, hash, salt ON receipts
  FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
