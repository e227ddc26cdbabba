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
  /** Version of the wire that its reader needs. */
  wire: number
  /** How often it was thinned. */
  thinned: number
  /** Records of its range that are gone. */
  dropped: number
  /** UTC epoch milliseconds of its first and last record; null where that is not kept. */
  fromAt: number | null
  toAt: number | null
  bytes: Buffer
}

/** Numbers of a lane over all boots. */
export interface LaneWaiting {
  /** Records stored and not yet acked, sealed or not. */
  records: number
  batches: number
}

/** What an ack says of one boot and lane. */
export interface AckedRange {
  boot: number
  lane: Lane
  /** Where it is for a piece alone; left out, for all up to `upTo`. */
  from?: number | undefined
  upTo: number
}

/** A stretch of time, UTC epoch milliseconds. */
export interface Stretch {
  from: number
  to: number
}

/** The statements of the outbox; each runs in the caller's transaction or in one of its own. */
export interface Store {
  /** Records a boot, and notes that it and its generation are the newest. */
  addBoot(boot: number, startedAt: number): void
  /** The newest boot of a generation (`bootId`), of any where it is null. */
  lastBoot(generation: number | null): number | null
  addRecord(lane: Lane, boot: number, seq: number, body: Buffer): void
  setLastSeq(boot: number, lane: Lane, seq: number): void
  /** Boots and lanes that have unsealed records, oldest boot first. */
  unsealed(): { boot: number; lane: Lane }[]
  /** The oldest batch of a lane behind an id that a reader of this version of the wire can read. */
  nextBatch(lane: Lane, afterId: number, wire: number): StoredBatch | null
  /** The same, of those that lie in one of the stretches. */
  nextWithin(lane: Lane, afterId: number, wire: number, stretches: readonly Stretch[]): StoredBatch | null
  /** Deletes the whole batches of an acked range, but for those that a reader of this version could not have read. */
  acknowledge(ack: AckedRange, wire: number): void
  /** Puts one in the place of batches that join, and counts what is gone by that. */
  replace(batches: readonly StoredBatch[], one: Omit<StoredBatch, 'id'>): void
  waiting(lane: Lane): LaneWaiting
  /** Bytes of a lane's batches. */
  bytes(lane: Lane): number
  /** Records of a lane that were ever dropped. */
  dropped(lane: Lane): number
  addDropped(lane: Lane, records: number): void
  note(key: string): string | null
  setNote(key: string, value: string): void
}

/** Boots of a generation: the counter is the last 20 bits (`bootId`). */
const bootsAGeneration = 2 ** 20

/** A batch's columns as its type names them. */
export const batchColumns = `id, lane, boot, first_seq AS firstSeq, last_seq AS lastSeq, wire, thinned, dropped,
  from_at AS fromAt, to_at AS toAt, bytes`

/** Prepares the statements. */
export function createStore(db: Database.Database): Store {
  const addBoot = db.prepare('INSERT OR IGNORE INTO boots (boot, started_at) VALUES (?, ?)')
  const lastBoot = db.prepare<[number, number], number | null>(
    'SELECT max(boot) FROM boots WHERE boot >= ? AND boot < ?',
  )
  const addRecord = db.prepare('INSERT INTO records (lane, boot, seq, body) VALUES (?, ?, ?, ?)')
  const setLastSeq = db.prepare(
    `INSERT INTO sequences (boot, lane, last_seq) VALUES (?, ?, ?)
     ON CONFLICT (boot, lane) DO UPDATE SET last_seq = excluded.last_seq`,
  )
  const unsealed = db.prepare<[], { boot: number; lane: Lane }>(
    'SELECT DISTINCT boot, lane FROM records ORDER BY boot, lane',
  )
  const nextBatch = db.prepare<[string, number, number], StoredBatch>(
    `SELECT ${batchColumns} FROM batches WHERE lane = ? AND id > ? AND wire <= ? ORDER BY id LIMIT 1`,
  )
  const nextWithin = db.prepare<[string, number, number, number, number], StoredBatch>(
    `SELECT ${batchColumns} FROM batches
     WHERE lane = ? AND id > ? AND wire <= ? AND to_at >= ? AND from_at <= ? ORDER BY id LIMIT 1`,
  )
  const remove = db.prepare(
    'DELETE FROM batches WHERE lane = ? AND boot = ? AND first_seq >= ? AND last_seq <= ? AND wire <= ?',
  )
  const removeOne = db.prepare('DELETE FROM batches WHERE id = ?')
  const insert = db.prepare(
    `INSERT INTO batches (id, lane, boot, first_seq, last_seq, wire, thinned, dropped, from_at, to_at, bytes)
     VALUES (@id, @lane, @boot, @firstSeq, @lastSeq, @wire, @thinned, @dropped, @fromAt, @toAt, @bytes)`,
  )
  const setAcked = db.prepare(
    'UPDATE sequences SET acked_seq = max(acked_seq, min(?, last_seq)) WHERE boot = ? AND lane = ?',
  )
  const inRecords = db.prepare<[string], number>('SELECT count(*) FROM records WHERE lane = ?').pluck()
  const usage = db.prepare<[string], { batches: number; records: number; bytes: number }>(
    'SELECT batches, records, bytes FROM usage WHERE lane = ?',
  )
  const dropped = db.prepare<[string], number>('SELECT dropped FROM drops WHERE lane = ?').pluck()
  const addDropped = db.prepare(
    'INSERT INTO drops VALUES (?, ?) ON CONFLICT (lane) DO UPDATE SET dropped = dropped + excluded.dropped',
  )
  const note = db.prepare<[string], string>('SELECT value FROM notes WHERE key = ?').pluck()
  const setNote = db.prepare('INSERT OR REPLACE INTO notes (key, value) VALUES (?, ?)')
  return {
    addBoot(boot, startedAt) {
      addBoot.run(boot, startedAt)
      setNote.run('boot', String(boot))
      setNote.run('generation', String(Math.floor(boot / bootsAGeneration)))
    },
    lastBoot(generation) {
      const from = generation === null ? 0 : generation * bootsAGeneration
      return lastBoot.pluck().get(from, generation === null ? Number.MAX_SAFE_INTEGER : from + bootsAGeneration) as
        | number
        | null
    },
    addRecord: (lane, boot, seq, body) => void addRecord.run(lane, boot, seq, body),
    setLastSeq: (boot, lane, seq) => void setLastSeq.run(boot, lane, seq),
    unsealed: () => unsealed.all(),
    nextBatch: (lane, afterId, wire) => nextBatch.get(lane, afterId, wire) ?? null,
    nextWithin(lane, afterId, wire, stretches) {
      const found = stretches.flatMap(({ from, to }) => nextWithin.get(lane, afterId, wire, from, to) ?? [])
      return found.sort((a, b) => a.id - b.id)[0] ?? null
    },
    acknowledge({ boot, lane, from = 0, upTo }, wire) {
      remove.run(lane, boot, from, upTo, wire)
      setAcked.run(upTo, boot, lane)
    },
    replace(batches, one) {
      for (const { id } of batches) removeOne.run(id)
      insert.run({ ...one, id: batches[0]!.id })
      addDropped.run(one.lane, one.dropped - batches.reduce((sum, batch) => sum + batch.dropped, 0))
    },
    waiting(lane) {
      const { batches, records } = usage.get(lane) ?? { batches: 0, records: 0 }
      return { batches, records: records + inRecords.get(lane)! }
    },
    bytes: (lane) => usage.get(lane)?.bytes ?? 0,
    dropped: (lane) => dropped.get(lane) ?? 0,
    addDropped: (lane, records) => void addDropped.run(lane, records),
    note: (key) => note.get(key) ?? null,
    setNote: (key, value) => void setNote.run(key, value),
  }
}
