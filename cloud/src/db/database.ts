import type { SQL } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** The database as every capability sees it: Drizzle on PGlite or on PostgreSQL. A transaction is one too. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, unknown>>

/** What a transaction is given: everything but another connection. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/**
 * Runs a raw query and gives its rows, which the two drivers wrap differently.
 *
 * Values arrive as the drivers read them: `int8` and `timestamptz` as text, so cast them in the query.
 */
export async function selectRows<Row extends Record<string, unknown>>(db: Database, query: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(query)
  const rows: unknown = Array.isArray(result) ? result : (result as { rows: unknown }).rows
  return Array.from(rows as Iterable<Row>)
}
