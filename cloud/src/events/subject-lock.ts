import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { idleBound } from '../db/idle-bound.ts'

/** Sets these locks apart from all others; any number, the same in every process. */
const lockClass = 7_301_047

/**
 * Locks a subject until the transaction ends, for who adds to its deliveries and who takes one off.
 *
 * While it is held nobody else numbers an event of the subject, so its events become visible in the order of their
 * numbers; and what is read after it, in a statement of its own, is what the one before left.
 * @param subject an SQL expression of type text
 */
export const lockSubject = (subject: SQL): SQL =>
  sql`CASE WHEN ${idleBound} IS NOT NULL THEN pg_advisory_xact_lock(${sql.raw(String(lockClass))}, hashtext(${subject})) END`

/**
 * Locks subjects until the transaction ends, in one order.
 *
 * @param from what gives rows of `subject`, as a table of a FROM
 * @returns the subjects, each once
 */
export async function lockSubjects(tx: Database, from: SQL): Promise<string[]> {
  const rows = await selectRows<{ subject: string }>(
    tx,
    sql`
      SELECT subject, ${lockSubject(sql`subject`)}
      FROM (SELECT DISTINCT subject FROM ${from} ORDER BY 1) subjects`,
  )
  return rows.map(({ subject }) => subject)
}
