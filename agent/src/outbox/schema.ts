/** Version of the tables, kept in SQLite's `user_version`. */
export const schemaVersion = 1

/**
 * The tables of the outbox.
 *
 * `records` holds what is committed and not yet sealed, `batches` what is sealed and not yet acked. A sequence belongs to a
 * boot and a lane; the hash chain belongs to the lane and goes on across boots.
 */
export const schema = `
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE boots (boot INTEGER PRIMARY KEY, started_at INTEGER NOT NULL);
CREATE TABLE sequences (
  boot INTEGER NOT NULL REFERENCES boots (boot),
  lane TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  acked_seq INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (boot, lane)
) WITHOUT ROWID;
CREATE TABLE chains (lane TEXT PRIMARY KEY, last_hash BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE records (
  lane TEXT NOT NULL,
  boot INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (lane, boot, seq)
) WITHOUT ROWID;
CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lane TEXT NOT NULL,
  boot INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX batches_by_lane ON batches (lane, id);
`
