import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { schema, schemaVersion } from './schema.ts'

/** Name of the outbox's file in the agent's data folder. */
export const outboxFile = 'outbox.sqlite'

/** Bytes of a page (SQLite's default). */
const pageBytes = 4096

export interface OpenedDatabase {
  db: Database.Database
  /** Where a corrupt file was put aside; null where there was none. */
  setAside: string | null
}

/**
 * Opens the outbox's file durably: WAL, every commit flushed, checked from end to end.
 *
 * A corrupt file is renamed, never deleted, and a new one takes its place.
 * @param maxBytes cap of the file; a commit beyond it fails as a full disk does
 */
export function openDatabase(folder: string, maxBytes: number, wallMs: () => number): OpenedDatabase {
  const path = join(folder, outboxFile)
  try {
    return { db: openSound(path, maxBytes), setAside: null }
  } catch (error) {
    if (isNoRoom(error))
      throw new Error(`Opening "${path}": there is no room on the disk: free some space`, { cause: error })
    if (!isCorrupt(error)) throw error
    const aside = join(folder, `outbox.corrupt-${new Date(wallMs()).toISOString().replaceAll(':', '')}.sqlite`)
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix)
    return { db: openSound(path, maxBytes), setAside: aside }
  }
}

function openSound(path: string, maxBytes: number): Database.Database {
  // A reader (`status`, a back-up) may hold the file for a moment.
  const db = new Database(path, { timeout: 2000 })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma(`max_page_count = ${Math.floor(maxBytes / pageBytes)}`)
    // What a long transaction has grown the write-ahead log to is given back at the next checkpoint.
    db.pragma('journal_size_limit = 16777216')
    const verdict = db.pragma('integrity_check(1)', { simple: true })
    if (verdict !== 'ok') throw new CorruptError(`Checking "${path}": ${String(verdict)}`)
    prepareSchema(db, path)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function prepareSchema(db: Database.Database, path: string): void {
  const version = db.pragma('user_version', { simple: true })
  if (version === schemaVersion) return
  if (version !== 0)
    throw new Error(
      `Opening "${path}": its tables are of version ${String(version)}, this agent knows ${schemaVersion}: use the agent that wrote it`,
    )
  db.transaction(() => {
    db.exec(schema)
    db.pragma(`user_version = ${schemaVersion}`)
  })()
}

class CorruptError extends Error {
  readonly code = 'SQLITE_CORRUPT'
}

const isCorrupt = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].some((code) => (error as { code?: string }).code?.startsWith(code))

/** True where the disk or the file's cap has no room, or the medium fails for now: what trying again can mend. */
export const isNoRoom = (error: unknown): boolean =>
  ['SQLITE_FULL', 'SQLITE_IOERR'].some((code) => (error as { code?: string } | null)?.code?.startsWith(code))
