import { sql } from 'drizzle-orm'
import { type Database, selectRows } from './database.ts'
import { isLockTimeout } from './sql-state.ts'

/** Shorter than a server's `deadlock_timeout` (1 s), after which autovacuum would give way and begin its month anew. */
const lockMs = 200

/**
 * Has the pages that were filled since the last time take part in the index on time: until then they are read whatever is asked for, the newest
 * hour most of all. A server's autovacuum does the same once a fifth of a month is new; the embedded database has none. A month that somebody
 * works on is left to the next time.
 */
export async function summarizeMonths(db: Database, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const indexes = await selectRows<{ id: number }>(
    db,
    sql`SELECT inhrelid::int8 AS id FROM pg_inherits WHERE inhparent = 'telematics_events_at_idx'::regclass`,
  )
  for (const { id } of indexes) {
    if (signal?.aborted) return
    await summarize(db, id).catch((error: unknown) => {
      if (!isLockTimeout(error)) throw error
    })
  }
}

/** Does it for one index; one that was taken out meanwhile is no index any more. */
function summarize(db: Database, indexId: number): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql.raw(`SET LOCAL lock_timeout = ${lockMs}`))
    await tx.execute(
      sql`SELECT brin_summarize_new_values(oid) FROM pg_class WHERE oid = ${indexId}::oid AND relispartition`,
    )
  })
}
