import type { Lane } from '@fairmile/contract/topics.ts'
import Database from 'better-sqlite3'
import type { StoredBatch } from './store.ts'

/** Rows of a corrupt outbox that are still readable; unproved. */
export interface Wreck {
  notes(): { key: string; value: string }[]
  drops(): { lane: Lane; dropped: number }[]
  sequences(): { boot: number; lane: Lane; lastSeq: number; ackedSeq: number }[]
  records(): { lane: Lane; boot: number; seq: number; body: Buffer }[]
  batches(lane: Lane): WreckBatch[]
  /** Head of a lane's chain. */
  head(lane: Lane): Buffer | null
  close(): void
}

/** A batch as its row has it. */
export type WreckBatch = Omit<StoredBatch, 'id'>

/** Unreadable places that are stepped over in one table; each step is wider than the one before. */
const maxSteps = 40

/** Opens a corrupt file for reading; a file that is no database at all reads as empty. */
export function openWreck(path: string): Wreck {
  let db: Database.Database | null = null
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
  } catch {
    // Not even a head: nothing is readable.
  }
  const all = <T>(sql: string, ...args: (string | number)[]): T[] => {
    const rows: T[] = []
    try {
      if (db) for (const row of db.prepare<unknown[], T>(sql).iterate(...args)) rows.push(row)
    } catch {
      // What came before the damage is kept.
    }
    return rows
  }
  /** Rows by their id, on both sides of what is damaged. */
  const byId = <T extends { id: number }>(sql: string, ...args: (string | number)[]): T[] => {
    const rows: T[] = []
    let after = 0
    for (let steps = 0, width = 1; steps < maxSteps; steps++, width *= 2) {
      const found = all<T>(sql, ...args, after)
      rows.push(...found)
      if (found.length > 0) width = 1
      after = (rows.at(-1)?.id ?? after) + width
    }
    return rows
  }
  const columns = 'id, lane, boot, first_seq AS firstSeq, last_seq AS lastSeq, bytes'
  const later = 'wire, thinned, dropped, from_at AS fromAt, to_at AS toAt'
  const plain = { wire: 1, thinned: 0, dropped: 0, fromAt: null, toAt: null }
  return {
    notes: () => all('SELECT key, value FROM notes'),
    drops: () => all('SELECT lane, dropped FROM drops'),
    sequences: () =>
      all('SELECT boot, lane, last_seq AS lastSeq, acked_seq AS ackedSeq FROM sequences ORDER BY boot, lane'),
    records: () => all('SELECT lane, boot, seq, body FROM records ORDER BY lane, boot, seq'),
    batches(lane) {
      const of = (what: string) =>
        byId<WreckBatch & { id: number }>(
          `SELECT ${what} FROM batches NOT INDEXED WHERE lane = ? AND id > ? ORDER BY id`,
          lane,
        )
      const found = of(`${columns}, ${later}`)
      // The file of an agent that had no more than these.
      return (found.length > 0 ? found : of(columns)).map(({ id, ...row }) => ({ ...plain, ...row }))
    },
    head: (lane) => all<{ hash: Buffer }>('SELECT last_hash AS hash FROM chains WHERE lane = ?', lane)[0]?.hash ?? null,
    close: () => db?.close(),
  }
}
