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

-- A receipt's body is whole, as before, or without its trips: then so many characters of it stand before them. (A process of the release before reads
-- of it what prices need, which is beside the trips; who asks it for such a receipt gets one that lacks them.)
ALTER TABLE receipts ADD COLUMN trips_at integer, ADD COLUMN trip_ids bigint[],
  ADD CONSTRAINT receipts_trips_check CHECK ((trips_at IS NULL) = (trip_ids IS NULL));
DROP TRIGGER receipts_stay_as_issued ON receipts;
CREATE TRIGGER receipts_stay_as_issued BEFORE UPDATE OF id, policy_id, driver_id, issued_at, body, trips_at, trip_ids, hash, salt ON receipts
  FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
