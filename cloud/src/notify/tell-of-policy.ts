import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, eq, ne } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies, policyChanges, vehicles } from '../db/schema/people.ts'

/**
 * Tells what was done to a policy of the driver's, from which day on, why, and what follows it. The policy that follows is told with the one
 * that it follows, and the first one with its first premium.
 */
export async function tellOfPolicy(
  tx: Database,
  { changeId, policyId, driverId, kind, onDay }: StoredDomainEvent<'PolicyChanged'>['data'],
): Promise<(Told & { driverId: string }) | null> {
  if (kind === 'bound') return null
  const [policy] = await tx
    .select({ vehicleName: vehicles.name, reason: policyChanges.reason })
    .from(policies)
    .innerJoin(vehicles, eq(vehicles.id, policies.vehicleId))
    .innerJoin(policyChanges, and(eq(policyChanges.policyId, policies.id), eq(policyChanges.id, changeId)))
    .where(eq(policies.id, policyId))
  if (!policy) return null
  const goesOn = kind === 'renewed' || kind === 'endorsed'
  return {
    ...{ driverId, kind: 'policy_changed' },
    data: {
      ...{ policyId, vehicleName: policy.vehicleName, change: kind, onDay },
      // That it renews is what it was for: nobody says why.
      reason: kind === 'renewed' ? null : policy.reason,
      next: goesOn ? await followerOf(tx, policyId) : null,
    },
  }
}

/** What follows a policy; null where that was voided meanwhile, which is told then. */
async function followerOf(tx: Database, policyId: string) {
  const { id, planId, endsOn, vehicleId } = policies
  const [next] = await tx
    .select({ policyId: id, planId, endsOn, vehicleName: vehicles.name })
    .from(policies)
    .innerJoin(vehicles, eq(vehicles.id, vehicleId))
    .where(and(eq(policies.follows, policyId), ne(policies.state, 'voided')))
  return next ?? null
}
