import { eq } from 'drizzle-orm'
import type { Context } from 'hono'
import { notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { drivers } from '../db/schema/people.ts'
import type { AppEnv } from '../http/env.ts'

/**
 * Makes sure that there is a driver whose data may be seen by who asks: for routes whose answer would be empty for one who does not exist.
 *
 * @returns their id
 * @throws ProblemError `not-found`, with the same words for another's and for none
 */
export async function requireDriver(c: Context<AppEnv>, db: Database, driverId: string): Promise<string> {
  requireOwner(c, driverId, `driver "${driverId}"`)
  const [known] = await db.select({ id: drivers.id }).from(drivers).where(eq(drivers.id, driverId))
  if (!known) throw notThere(`driver "${driverId}"`)
  return driverId
}
