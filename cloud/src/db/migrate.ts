import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { backOffMs } from '../back-off.ts'
import type { OpenDatabase } from './open.ts'
import { isConflict } from './sql-state.ts'

/** Any number, the same in every process: who migrates a server waits for who was first. */
const advisoryLock = 7_301_046

/** A migration as it stands in its file. */
export interface Migration {
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
 * Brings the database to the newest schema: runs the numbered SQL files that it has not seen, each in a transaction of its own, so that what one
 * locks is free again before the next; those of a new database, which nobody waits for, in one. Who goes on after an end in between finds out which are left.
 *
 * Drizzle's own migrator keeps one journal in order of time, takes what is older than the last applied one as done, and
 * checks no hash; files that several people number side by side need the set of names and their hashes instead.
 * @param migrations in their order; default those of this release
 * @returns names of the files that were run now
 * @throws Error where an applied file has changed since
 */
export async function migrate(
  database: OpenDatabase,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  const run: string[] = []
  for (;;) {
    const now = await tryAgain(() => runNext(database, migrations))
    if (now.length === 0) return run
    run.push(...now)
  }
}

/** Processes of the release before go on meanwhile, and lock the same tables in another order: nothing was done then, and it is done again. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || n === maxTries) throw error
      await wait(backOffMs(retries, n - 1))
    }
  }
}

/** Runs the first file that is missing, or all of them in a new database. @returns their names; none: all were run before */
function runNext(database: OpenDatabase, migrations: readonly Migration[]): Promise<string[]> {
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
    const next = applied.size === 0 ? missing : missing.slice(0, 1)
    for (const { name, text, hash } of next) {
      await script(text)
      await script(`INSERT INTO schema_migrations (name, hash) VALUES ('${name}', '${hash}')`)
    }
    return next.map(({ name }) => name)
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
