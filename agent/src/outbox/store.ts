import type { Lane } from '@fairmile/contract/topics.ts'
import type Database from 'better-sqlite3'

/** A sealed batch as it waits for its ack. */
export interface StoredBatch {
  /** Grows with every batch of the outbox, whatever its lane. */
  id: number
  lane: Lane
  boot: number
  firstSeq: number
  lastSeq: number
  bytes: Buffer
}

/** Numbers of a lane over all boots. */
export interface LaneWaiting {
  /** Records stored and not yet acked, sealed or not. */
  records: number
  batches: number
}

/** The statements of the outbox; each runs in the caller's transaction or in one of its own. */
export interface Store {
  addBoot(boot: number, startedAt: number): void
  lastBoot(): number | null
  addRecord(lane: Lane, boot: number, seq: number, body: Buffer): void
  setLastSeq(boot: number, lane: Lane, seq: number): void
  /** Boots and lanes that have unsealed records, oldest boot first. */
  unsealed(): { boot: number; lane: Lane }[]
  nextBatch(lane: Lane, afterId: number): StoredBatch | null
  /** Deletes the whole batches of a boot and lane up to a number. */
  acknowledge(boot: number, lane: Lane, upTo: number): void
  waiting(lane: Lane): LaneWaiting
  note(key: string): string | null
  setNote(key: string, value: string): void
}

/** Prepares the statements. */
export function createStore(db: Database.Database): Store {
  const addBoot = db.prepare('INSERT OR IGNORE INTO boots (boot, started_at) VALUES (?, ?)')
  const lastBoot = db.prepare<[], number | null>('SELECT max(boot) FROM boots').pluck()
  const addRecord = db.prepare('INSERT INTO records (lane, boot, seq, body) VALUES (?, ?, ?, ?)')
  const setLastSeq = db.prepare(
    `INSERT INTO sequences (boot, lane, last_seq) VALUES (?, ?, ?)
     ON CONFLICT (boot, lane) DO UPDATE SET last_seq = excluded.last_seq`,
  )
  const unsealed = db.prepare<[], { boot: number; lane: Lane }>(
    'SELECT DISTINCT boot, lane FROM records ORDER BY boot, lane',
  )
  const nextBatch = db.prepare<[string, number], StoredBatch>(
    `SELECT id, lane, boot, first_seq AS firstSeq, last_seq AS lastSeq, bytes
     FROM batches WHERE lane = ? AND id > ? ORDER BY id LIMIT 1`,
  )
  const remove = db.prepare('DELETE FROM batches WHERE lane = ? AND boot = ? AND last_seq <= ?')
  const setAcked = db.prepare(
    'UPDATE sequences SET acked_seq = max(acked_seq, min(?, last_seq)) WHERE boot = ? AND lane = ?',
  )
  const inRecords = db.prepare<[string], number>('SELECT count(*) FROM records WHERE lane = ?').pluck()
  const inBatches = db.prepare<[string], { batches: number; records: number }>(
    'SELECT count(*) AS batches, coalesce(sum(last_seq - first_seq + 1), 0) AS records FROM batches WHERE lane = ?',
  )
  const note = db.prepare<[string], string>('SELECT value FROM notes WHERE key = ?').pluck()
  const setNote = db.prepare('INSERT OR REPLACE INTO notes (key, value) VALUES (?, ?)')
  return {
    addBoot: (boot, startedAt) => void addBoot.run(boot, startedAt),
    lastBoot: () => lastBoot.get() ?? null,
    addRecord: (lane, boot, seq, body) => void addRecord.run(lane, boot, seq, body),
    setLastSeq: (boot, lane, seq) => void setLastSeq.run(boot, lane, seq),
    unsealed: () => unsealed.all(),
    nextBatch: (lane, afterId) => nextBatch.get(lane, afterId) ?? null,
    acknowledge(boot, lane, upTo) {
      remove.run(lane, boot, upTo)
      setAcked.run(upTo, boot, lane)
    },
    waiting(lane) {
      const { batches, records } = inBatches.get(lane)!
      return { batches, records: records + inRecords.get(lane)! }
    },
    note: (key) => note.get(key) ?? null,
    setNote: (key, value) => void setNote.run(key, value),
  }
}
