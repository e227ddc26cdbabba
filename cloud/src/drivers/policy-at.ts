import { and, desc, eq, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'

/** The policy that covers a vehicle at a moment, and whose it is. */
export interface CoveringPolicy {
  policyId: string
  driverId: string
}

/**
 * Finds the policy that covers a vehicle on the UTC day of `at`; the one that started last where several do.
 *
 * @returns null where none covers it
 */
export async function policyAt(
  db: Pick<Database, 'select'>,
  { vehicleId, at }: { vehicleId: string; at: Date },
): Promise<CoveringPolicy | null> {
  const day = at.toISOString().slice(0, 10)
  const [policy] = await db
    .select({ policyId: policies.id, driverId: policies.driverId })
    .from(policies)
    .where(and(eq(policies.vehicleId, vehicleId), lte(policies.startsOn, day), gte(policies.endsOn, day)))
    .orderBy(desc(policies.startsOn), desc(policies.id))
    .limit(1)
  return policy ?? null
}
