import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsageError } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'

/** Who holds a folder. */
interface Holder {
  pid: number
  /** RFC 3339. */
  startedAt: string
}

/** Another process holds the folder. */
export class FolderInUseError extends UsageError {}

/** A held lock; releasing it twice is fine. */
export interface FolderLock {
  release(): void
}

/**
 * Takes a folder for this process alone; made where it is missing.
 *
 * The lock is the operating system's, held by SQLite on a file in the folder: it goes with the process that held it,
 * however that ended, so that nothing stale is left to judge. Who holds it stands beside it, for the message.
 * @throws {FolderInUseError} naming the holder's process id and when it started
 */
export function lockFolder(folder: string): FolderLock {
  makeFolder(folder)
  const holderFile = join(folder, 'lock.json')
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new FolderInUseError(
      `Opening the embedded database in "${folder}": it is in use by ${describeHolder(holderFile)}. ` +
        'If that is the service, use its HTTP API (described at /docs) or stop it; ' +
        'a second service needs another folder (FAIRMILE_DATA) or a PostgreSQL server (DATABASE_URL)',
      { cause },
    )
  }
  const holder: Holder = { pid: process.pid, startedAt: new Date().toISOString() }
  writeFileSync(holderFile, `${JSON.stringify(holder)}\n`)
  return { release: () => lock.isOpen && lock.close() }
}

function describeHolder(file: string): string {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder
    return `process ${holder.pid}, started ${holder.startedAt}`
  } catch {
    return 'another process that has not said which'
  }
}
