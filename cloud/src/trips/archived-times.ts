import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/**
 * Whether seconds of a stretch may have gone into an archive: what is left of them in the table is not all there was, so nothing that was
 * made of them is made anew.
 */
export async function mayBeArchived(
  db: Database,
  { startAt, endAt }: { startAt: Date; endAt: Date | null },
): Promise<boolean> {
  const monthOf = (at: Date): string => at.toISOString().slice(0, 7)
  const [found] = await selectRows<{ archived: boolean }>(
    db,
    sql`SELECT EXISTS (SELECT FROM telematics_archives
      WHERE month BETWEEN ${monthOf(startAt)} AND ${monthOf(endAt ?? startAt)}) AS archived`,
  )
  return found?.archived === true
}
