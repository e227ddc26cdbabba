import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/** The UTC day of a moment, which cover goes by: `2026-07-20`. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The UTC day of a statement, by the database's clock: for statements that many drivers are read by. */
const todayUtc = sql`(now() AT TIME ZONE 'UTC')::date`

/**
 * How policies come one after the other when a driver is asked about on a day: those in force, the one that began last first; then the next to
 * begin; then the last that ended. For `ORDER BY`.
 *
 * @param policy alias of the table
 * @param day an SQL expression
 */
export function presentFirst(policy: string, day: SQL = todayUtc): SQL {
  const [startsOn, endsOn, id] = ['starts_on', 'ends_on', 'id'].map(
    (column) => sql`${sql.raw(policy)}.${sql.raw(column)}`,
  )
  const upcoming = sql`${startsOn} > ${day}`
  const ended = sql`${endsOn} < ${day}`
  return sql`CASE WHEN ${upcoming} THEN 1 WHEN ${ended} THEN 2 ELSE 0 END,
    CASE WHEN ${upcoming} THEN ${startsOn} END, CASE WHEN ${ended} THEN ${endsOn} END DESC, ${startsOn} DESC, ${id} DESC`
}

/** The policy of a driver's whose price is theirs on a day, of those that were priced and not voided; null where there is none. */
export async function pricedPolicy(db: Database, driverId: string, day: string): Promise<string | null> {
  const [policy] = await selectRows<{ id: string }>(
    db,
    sql`SELECT p.id FROM policies p
      WHERE p.driver_id = ${driverId} AND p.state <> 'voided' AND EXISTS (SELECT FROM premiums WHERE policy_id = p.id)
      ORDER BY ${presentFirst('p', sql`${day}::date`)} LIMIT 1`,
  )
  return policy?.id ?? null
}
