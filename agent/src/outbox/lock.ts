import Database from 'better-sqlite3'
import { StartError } from '../errors.ts'

/**
 * Takes the one lock of an outbox; the kernel gives it back when the process dies, however it dies.
 *
 * It is a write lock on an empty database of its own, so that `status` may still read the outbox itself.
 * @returns what lets it go
 * @throws {StartError} `outbox_locked` where another agent has it
 */
export function takeLock(path: string): () => void {
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('BEGIN IMMEDIATE')
    lock.exec(`PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'SQLITE_BUSY') {
      const pid = holder(lock)
      lock.close()
      throw new StartError(
        'outbox_locked',
        `Opening the outbox: another agent${pid} holds "${path}"; stop it, or give this one a FAIRMILE_DATA of its own`,
      )
    }
    // No room to write the process id: the lock itself needs none.
    if (code !== 'SQLITE_FULL') throw error
    if (!lock.inTransaction) lock.exec('BEGIN IMMEDIATE')
  }
  return () => lock.close()
}

function holder(lock: Database.Database): string {
  try {
    return ` (process ${lock.pragma('user_version', { simple: true })})`
  } catch {
    return '' // it is writing its id at this moment
  }
}
