import type { PolicyDetail } from '@fairmile/contract/http/policies.ts'
import { asc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies, policyChanges, vehicles } from '../db/schema/people.ts'

/** A policy with its vehicle and history; null where there is none. */
export async function policyDetail(db: Database, policyId: string): Promise<PolicyDetail | null> {
  const [row] = await db
    .select({ policy: policies, vehicle: { id: vehicles.id, name: vehicles.name } })
    .from(policies)
    .innerJoin(vehicles, eq(vehicles.id, policies.vehicleId))
    .where(eq(policies.id, policyId))
  if (!row) return null
  const history = await db
    .select()
    .from(policyChanges)
    .where(eq(policyChanges.policyId, policyId))
    .orderBy(asc(policyChanges.id))
  const { id, driverId, planId, startsOn, endsOn, rated, state, follows, billedUntil } = row.policy
  return {
    ...{ id, driverId, vehicle: row.vehicle, planId, startsOn, endsOn, rated, state, follows, billedUntil },
    history: history.map(({ kind, onDay, changedBy, reason, recordedAt }) => {
      return { kind, onDay, changedBy, reason, recordedAt: recordedAt.toISOString() }
    }),
  }
}
