-- Months of telematics_events that were written to a file (db/archive). A part is final once its table is dropped; late data
-- opens the month anew, and its rows become the next part.
CREATE TABLE telematics_archives (
  month text NOT NULL,
  part integer NOT NULL,
  file text NOT NULL,
  row_count bigint NOT NULL,
  content_hash text NOT NULL,
  file_hash text NOT NULL,
  size_bytes bigint NOT NULL,
  written_at timestamptz NOT NULL,
  dropped_at timestamptz,
  PRIMARY KEY (month, part)
);
