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
/** Pages that the file grows by, and has ready: hours of driving without raw readings. */
const readyPages = 256
/** Pages that it grows by at least: those of one commit. */
const leastGrowth = 16
/** Pages of the write-ahead log before they go into the file: the usual number, and less where the cap is small. */
const mostLogPages = 1000

export interface OpenedDatabase {
  db: Database.Database
  growth: Growth
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
  const freeBytes = () => freeBytesOf(folder)
  const growth = { capBytes: maxBytes ?? outboxCap(freeBytes(), sizeOf(path)), freeBytes }
  try {
    return { db: openSound(path, growth), growth, setAside: null }
  } catch (error) {
    if (isNoRoom(error))
      throw new Error(`Opening "${path}": there is no room on the disk: free some space`, { cause: error })
    if (!isCorrupt(error)) throw error
    const aside = setAside(folder, path, wallMs())
    return { db: openSound(path, growth), growth, setAside: aside }
  }
}

function openSound(path: string, growth: Growth): Database.Database {
  // A reader (`status`, a back-up) may hold the file for a moment.
  const db = new Database(path, { timeout: 2000 })
  try {
    const capPages = Math.floor(growth.capBytes / pageBytes)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma(`wal_autocheckpoint = ${Math.max(64, Math.min(mostLogPages, capPages >> 4))}`)
    // What a long transaction has grown the write-ahead log to is given back at the next checkpoint.
    db.pragma('journal_size_limit = 16777216')
    const verdict = db.pragma('integrity_check(1)', { simple: true })
    if (verdict !== 'ok') throw new CorruptError(`Checking "${path}": ${String(verdict)}`)
    prepareSchema(db, path)
    readyRoom(db, growth)
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
 * Grows the file by up to a mebibyte of pages, written and checkpointed, and allows SQLite no page beyond them.
 *
 * A page that stands in the write-ahead log alone cannot be moved into the file once others have filled the disk; then the log can no more be
 * written anew, and not even what is to be dropped can be deleted. So the file grows here alone, while the disk has room for it and the log.
 * @returns false where the cap is reached, or the disk has no room to spare or fails
 */
export function growRoom(db: Database.Database, { capBytes, freeBytes }: Growth): boolean {
  const capPages = Math.floor(capBytes / pageBytes)
  const used = db.pragma('page_count', { simple: true }) as number
  const pages = Math.min(capPages - used, Math.max(leastGrowth, Math.min(readyPages, capPages >> 3)))
  const hasRoom = pages > 0 && freeBytes() >= 4 * pages * pageBytes
  db.pragma(`max_page_count = ${hasRoom ? used + pages : used}`)
  if (!hasRoom) return false
  try {
    writePages(db, pages)
  } catch (error) {
    if (!isNoRoom(error)) throw error
    db.pragma(`max_page_count = ${used}`)
    return false
  }
  restartLog(db)
  return true
}

function writePages(db: Database.Database, pages: number): void {
  const free = db.pragma('freelist_count', { simple: true }) as number
  db.transaction(() => {
    // Some pages go into the tree that points at these.
    db.prepare("INSERT OR REPLACE INTO notes (key, value) VALUES ('room', zeroblob(?))").run(
      Math.max(0, free + pages - 2) * (pageBytes - 4),
    )
    db.prepare("DELETE FROM notes WHERE key = 'room'").run()
  })()
}

/** What the file may grow by. */
export interface Growth {
  /** Bytes that the outbox may take. */
  capBytes: number
  /** Bytes that the disk has left for this process. */
  freeBytes: () => number
}

/** Has pages ready in the file before they are needed, so that a disk that others fill does not stop the next hours. */
export function readyRoom(db: Database.Database, growth: Growth): void {
  const free = db.pragma('freelist_count', { simple: true }) as number
  if (free < Math.min(readyPages, growth.capBytes / pageBytes / 8) / 2) growRoom(db, growth)
}

/** Frees the write-ahead log to be written anew from its start, as far as the disk lets it. */
export function restartLog(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(RESTART)')
  } catch (error) {
    if (!isNoRoom(error)) throw error
  }
}

function freeBytesOf(folder: string): number {
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
