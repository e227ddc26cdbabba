import type Database from 'better-sqlite3'

/** Version of the tables, kept in SQLite's `user_version`. It stays while an older agent can still use the file: additions do not count. */
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

/** Columns that came later: an older agent leaves them at their default. */
const additions = {
  /** Version of the wire that a reader of the batch needs. */
  wire: 'INTEGER NOT NULL DEFAULT 1',
  /** How often it was thinned; 0 for a batch as it was sealed. */
  thinned: 'INTEGER NOT NULL DEFAULT 0',
  /** Records of its range that are gone. */
  dropped: 'INTEGER NOT NULL DEFAULT 0',
  /** UTC epoch milliseconds of the first and the last record, of raw batches. */
  from_at: 'INTEGER',
  to_at: 'INTEGER',
} as const

/** What each lane takes up is kept by triggers, as adding up would read the whole file; an older agent keeps it too. */
const additionalTables = `
CREATE TABLE IF NOT EXISTS usage (lane TEXT PRIMARY KEY, batches INTEGER NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS drops (lane TEXT PRIMARY KEY, dropped INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS batches_added AFTER INSERT ON batches BEGIN
  INSERT INTO usage VALUES (NEW.lane, 1, NEW.last_seq - NEW.first_seq + 1, length(NEW.bytes))
  ON CONFLICT (lane) DO UPDATE SET batches = batches + 1, records = records + excluded.records, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER IF NOT EXISTS batches_removed AFTER DELETE ON batches BEGIN
  UPDATE usage SET batches = batches - 1, records = records - (OLD.last_seq - OLD.first_seq + 1), bytes = bytes - length(OLD.bytes)
  WHERE lane = OLD.lane;
END;
CREATE INDEX IF NOT EXISTS batches_by_thinning ON batches (lane, thinned, id);
`

/** Brings the tables of any earlier agent up to date; changes nothing where they are. */
export function addWhatIsNew(db: Database.Database): void {
  const there = new Set((db.pragma('table_info(batches)') as { name: string }[]).map(({ name }) => name))
  const missing = Object.entries(additions).filter(([name]) => !there.has(name))
  const began = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'usage'").get() !== undefined
  if (missing.length === 0 && began) return
  for (const [name, type] of missing) db.exec(`ALTER TABLE batches ADD COLUMN ${name} ${type}`)
  db.exec(additionalTables)
  if (!began)
    db.exec(
      `INSERT INTO usage SELECT lane, count(*), sum(last_seq - first_seq + 1), sum(length(bytes)) FROM batches GROUP BY lane`,
    )
}
