import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** True where a copy of the outbox, as a kill left it, recovers and passes SQLite's own check from end to end. */
export function isOutboxSound(agentDir: string, scratch: string): boolean {
  // A copy, because opening it recovers it, and that is for the agent to do. Node's SQLite is not the agent's.
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  for (const file of outboxFiles(agentDir)) cpSync(join(agentDir, file), join(scratch, file))
  const path = join(scratch, 'outbox.sqlite')
  if (!existsSync(path)) return true
  const db = new DatabaseSync(path)
  try {
    return db.prepare('PRAGMA integrity_check').get()?.integrity_check === 'ok'
  } catch {
    return false
  } finally {
    db.close()
  }
}

/** Throws away what a power cut could take from an outbox that never flushed its commits: the write-ahead log. */
export function dropWriteAheadLog(agentDir: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(join(agentDir, `outbox.sqlite${suffix}`), { force: true })
}

/** How many corrupt outboxes the agent has set aside. */
export const setAside = (agentDir: string): number =>
  outboxFiles(agentDir).filter((file) => /^outbox\.corrupt-.*\.sqlite$/.test(file)).length

const outboxFiles = (agentDir: string): string[] =>
  existsSync(agentDir) ? readdirSync(agentDir).filter((file) => file.startsWith('outbox.')) : []
