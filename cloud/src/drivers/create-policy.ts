import type { CreatePolicyBody, Policy } from '@fairmile/contract/http/policies.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivers, policies, policyChanges, vehicles } from '../db/schema/people.ts'
import { drawPublicId } from './public-id.ts'

/** Creates a vehicle and a policy on it; null where there is no such driver. */
export function createPolicy(db: Database, body: CreatePolicyBody, by: string): Promise<Policy | null> {
  const { driverId, planId, startsOn, endsOn, rated = {} } = body
  return db.transaction(async (tx) => {
    const [driver] = await tx.select({ id: drivers.id }).from(drivers).where(eq(drivers.id, driverId))
    if (!driver) return null
    const vehicle = { id: drawPublicId('VEH'), name: body.vehicle.name }
    const policy = { id: drawPublicId('POL'), driverId, planId, startsOn, endsOn, rated }
    await tx.insert(vehicles).values(vehicle)
    await tx.insert(policies).values({ ...policy, vehicleId: vehicle.id })
    const told = { changedBy: by, reason: 'a new policy', recordedAt: new Date() }
    await tx.insert(policyChanges).values({ policyId: policy.id, kind: 'bound', onDay: startsOn, ...told })
    return { ...policy, vehicle, state: 'active' }
  })
}
