import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'

/** Whose a policy is; null where there is none. */
export async function driverOfPolicy(db: Database, policyId: string | null): Promise<string | null> {
  if (policyId === null) return null
  const { id, driverId } = policies
  const [row] = await db.select({ driverId }).from(policies).where(eq(id, policyId))
  return row?.driverId ?? null
}
