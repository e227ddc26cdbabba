import { statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { outboxCap } from './lanes.ts'
import { addWhatIsNew, schema, schemaVersion } from './schema.ts'
import { setAside } from './set-aside.ts'

/** Name of the outbox's file in the agent's data folder. */
export const outboxFile = 'outbox.sqlite'

/** Bytes of a page (SQLite's default). */
const pageBytes = 4096
/** Pages that the file has ready before they are needed, so that a disk that others fill does not stop the next hours. */
const readyPages = 256
/** Pages of the write-ahead log before they go into the file: the usual number, and less where the cap is small. */
const mostLogPages = 1000

export interface OpenedDatabase {
  db: Database.Database
  /** Bytes that the outbox may take. */
  capBytes: number
  /** Where a corrupt file was put aside; null where there was none. */
  setAside: string | null
}

/**
 * Opens the outbox's file durably: WAL, every commit flushed, checked from end to end.
 *
 * A corrupt file is renamed, never deleted, and a new one takes its place.
 * @param maxBytes cap of the file, null for what the disk suggests; a commit beyond it fails as a full disk does
 */
export function openDatabase(folder: string, maxBytes: number | null, wallMs: () => number): OpenedDatabase {
  const path = join(folder, outboxFile)
  const capBytes = maxBytes ?? outboxCap(freeBytes(folder), sizeOf(path))
  try {
    return { db: openSound(path, capBytes), capBytes, setAside: null }
  } catch (error) {
    if (isNoRoom(error))
      throw new Error(`Opening "${path}": there is no room on the disk: free some space`, { cause: error })
    if (!isCorrupt(error)) throw error
    const aside = setAside(folder, path, wallMs())
    return { db: openSound(path, capBytes), capBytes, setAside: aside }
  }
}

function openSound(path: string, capBytes: number): Database.Database {
  // A reader (`status`, a back-up) may hold the file for a moment.
  const db = new Database(path, { timeout: 2000 })
  try {
    const capPages = Math.floor(capBytes / pageBytes)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma(`max_page_count = ${capPages}`)
    db.pragma(`wal_autocheckpoint = ${Math.max(64, Math.min(mostLogPages, capPages >> 4))}`)
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
  if (version !== schemaVersion && version !== 0)
    throw new Error(
      `Opening "${path}": its tables are of version ${String(version)}, this agent knows ${schemaVersion}: use the agent that wrote it`,
    )
  db.transaction(() => {
    if (version === 0) db.exec(schema)
    addWhatIsNew(db)
    if (version === 0) db.pragma(`user_version = ${schemaVersion}`)
  })()
}

/**
 * Has pages ready in the file, a mebibyte at a time. Without that a disk that others have filled would refuse the very next record,
 * and the checkpoint that frees the write-ahead log.
 * @throws as any write on a full disk
 */
export function readyRoom(db: Database.Database, capBytes: number): void {
  const free = db.pragma('freelist_count', { simple: true }) as number
  const pages = Math.min(readyPages, Math.floor(capBytes / pageBytes / 8))
  const used = db.pragma('page_count', { simple: true }) as number
  if (free >= pages / 2 || used + pages > capBytes / pageBytes) return
  db.transaction(() => {
    db.prepare("INSERT OR REPLACE INTO notes (key, value) VALUES ('room', zeroblob(?))").run(pages * pageBytes)
    db.prepare("DELETE FROM notes WHERE key = 'room'").run()
  })()
}

/** Frees the write-ahead log to be written anew from its start, as far as the disk lets it. */
export function restartLog(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(RESTART)')
  } catch (error) {
    if (!isNoRoom(error)) throw error
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

class CorruptError extends Error {
  readonly code = 'SQLITE_CORRUPT'
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  codes.some((code) => (error as { code?: string } | null)?.code?.startsWith(code))

const isCorrupt = (error: unknown): boolean => hasCode(error, 'SQLITE_CORRUPT', 'SQLITE_NOTADB')

/** True where the disk or the file's cap has no room: what dropping can mend. */
export const isFull = (error: unknown): boolean => hasCode(error, 'SQLITE_FULL')

/** True where there is no room, or the medium fails for now: what trying again can mend. */
export const isNoRoom = (error: unknown): boolean => hasCode(error, 'SQLITE_FULL', 'SQLITE_IOERR')
