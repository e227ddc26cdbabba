-- The nodes of each published day's tree, 32 bytes each, level by level from the leaves up: a proof reads the few that it needs.
CREATE TABLE receipt_trees (
  day date PRIMARY KEY REFERENCES receipt_roots (day),
  nodes bytea NOT NULL
);
-- Neither compressed nor read as a whole.
ALTER TABLE receipt_trees ALTER COLUMN nodes SET STORAGE EXTERNAL;
CREATE TRIGGER receipt_trees_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_trees FOR EACH STATEMENT EXECUTE FUNCTION rows_stay();
