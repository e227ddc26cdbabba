import { sql } from 'drizzle-orm'
import { type Database, selectRows } from './database.ts'

/**
 * Has the pages that were filled since the last time take part in the index on time: until then they are read whatever is asked for, the newest
 * hour most of all. A server's autovacuum does the same once a fifth of a month is new; the embedded database has none.
 */
export async function summarizeMonths(db: Database, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const indexes = await selectRows<{ id: number }>(
    db,
    sql`SELECT inhrelid::int8 AS id FROM pg_inherits WHERE inhparent = 'telematics_events_at_idx'::regclass`,
  )
  for (const { id } of indexes) {
    if (signal?.aborted) return
    // One that was taken out meanwhile is no index any more.
    await db.execute(sql`SELECT brin_summarize_new_values(oid) FROM pg_class WHERE oid = ${id}::oid AND relispartition`)
  }
}
