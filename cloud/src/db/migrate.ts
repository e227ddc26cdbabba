import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { backOffMs } from '../back-off.ts'
import type { OpenDatabase } from './open.ts'
import { isConflict } from './sql-state.ts'

/** Any number, the same in every process: who migrates a server waits for who was first. */
const advisoryLock = 7_301_046

/** A migration as it stands in its file. */
interface Migration {
  name: string
  text: string
  /** SHA-256 of the text, hex. */
  hash: string
}

/** How often a migration is begun in all that is in the way of others, and between which waits. */
const maxTries = 10
const retries = { firstMs: 500, maxMs: 5_000 }

const fileName = /^\d{4}_[a-z0-9_]+\.sql$/

/**
 * Brings the database to the newest schema: runs the numbered SQL files that it has not seen, all in one transaction.
 *
 * Drizzle's own migrator keeps one journal in order of time, takes what is older than the last applied one as done, and
 * checks no hash; files that several people number side by side need the set of names and their hashes instead.
 * @returns names of the files that were run now
 * @throws Error where an applied file has changed since
 */
export async function migrate(database: OpenDatabase): Promise<string[]> {
  const migrations = readMigrations()
  for (let n = 1; ; n++) {
    try {
      return await runMissing(database, migrations)
    } catch (error) {
      // Processes of the release before go on meanwhile, and lock the same tables in another order: nothing was done, and it is done again.
      if (!isConflict(error) || n === maxTries) throw error
      await wait(backOffMs(retries, n - 1))
    }
  }
}

function runMissing(database: OpenDatabase, migrations: readonly Migration[]): Promise<string[]> {
  return database.scripted(async ({ script, rows }) => {
    if (database.kind === 'postgres') await script(`SELECT pg_advisory_xact_lock(${advisoryLock})`)
    await script(
      `CREATE TABLE IF NOT EXISTS schema_migrations (
         name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    )
    const applied = new Map((await rows('SELECT name, hash FROM schema_migrations')).map((row) => [row.name, row.hash]))
    const missing = migrations.filter((migration) => {
      const hash = applied.get(migration.name)
      if (hash !== undefined && hash !== migration.hash)
        throw new Error(
          `Migrating the database: "${migration.name}" was changed after it was applied; put it back and write a new file`,
        )
      return hash === undefined
    })
    for (const { name, text, hash } of missing) {
      await script(text)
      await script(`INSERT INTO schema_migrations (name, hash) VALUES ('${name}', '${hash}')`)
    }
    return missing.map(({ name }) => name)
  })
}

function readMigrations(): Migration[] {
  const folder = new URL('./migrations/', import.meta.url)
  return readdirSync(folder)
    .filter((name) => fileName.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
}
