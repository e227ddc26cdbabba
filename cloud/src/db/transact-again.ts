import { sql } from 'drizzle-orm'
import type { CopyIn } from './copy.ts'
import { type Database, selectRows, type Transaction } from './database.ts'
import type { OpenDatabase } from './open.ts'
import { isConflict, isDatabaseAway } from './sql-state.ts'

/** How often a transaction is begun in all: what undoes one is over by then, or lasts. */
const maxBegun = 10

/**
 * Runs work in one transaction, which is begun again where it was undone for another's sake or its connection was lost: the server ends
 * one that does nothing for too long while it holds what others wait for (`idle-bound.ts`), which a busy machine brings about.
 *
 * The work is done once: where the connection was lost while the server was told to keep it, the server is asked whether it did. Begun
 * but ten times, and not where there is no connection to begin on.
 *
 * @param work touches nothing but the database, through `tx`; may be called several times
 * @throws what the last of them threw
 */
export const transactAgain = <T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  begunAgain(db, (attempt) => db.transaction((tx) => attempt(tx, () => work(tx))))

/** As `transactAgain`, for work that also takes rows in bulk. */
export const copyAgain = <T>(
  database: Pick<OpenDatabase, 'db' | 'transaction'>,
  work: (tx: Database, copy: CopyIn) => Promise<T>,
): Promise<T> =>
  begunAgain(database.db, (attempt) => database.transaction((tx, copy) => attempt(tx, () => work(tx, copy))))

/** How far a transaction came. */
interface Progress<T> {
  begun: boolean
  /** What the work gave, and the transaction's number, null where it wrote nothing; null until the work is done. */
  done: { value: T; id: string | null } | null
}

type Attempt<T> = (tx: Database, work: () => Promise<T>) => Promise<T>

async function begunAgain<T>(db: Database, transact: (attempt: Attempt<T>) => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    const progress: Progress<T> = { begun: false, done: null }
    try {
      return await transact((tx, work) => follow(tx, progress, work))
    } catch (error) {
      const { begun, done } = progress
      if (!begun || !(isConflict(error) || isDatabaseAway(error))) throw error
      if (done !== null && !isConflict(error)) {
        const state = await stateOf(db, done.id)
        if (state === 'committed') return done.value
        if (state !== 'aborted') throw error
      }
      if (n === maxBegun) throw error
    }
  }
}

async function follow<T>(tx: Database, progress: Progress<T>, work: () => Promise<T>): Promise<T> {
  progress.begun = true
  const value = await work()
  const [row] = await selectRows<{ id: string | null }>(tx, sql`SELECT pg_current_xact_id_if_assigned()::text AS id`)
  progress.done = { value, id: row?.id ?? null }
  return value
}

/** What became of a transaction, as the server says; null where it cannot be asked or does not know. */
async function stateOf(db: Database, id: string | null): Promise<string | null> {
  if (id === null) return 'aborted' // there was nothing to keep
  try {
    const [row] = await selectRows<{ state: string | null }>(db, sql`SELECT pg_xact_status(${id}::text::xid8) AS state`)
    return row?.state ?? null
  } catch {
    return null
  }
}
