import { randomUUID } from 'node:crypto'
import { and, desc, eq, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { trips } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { holdPolicies } from '../drivers/hold-policies.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { ProblemError } from '../http/problem.ts'
import { policyOf, recordTripCompleted } from './trip-completed.ts'
import { keepVersion, lockTrip, type TripRow } from './trip-versions.ts'

/** Who is said to have driven a trip, by whom, and why. */
export interface Reassignment {
  tripId: string
  /** Null for nobody who is insured here. */
  driverId: string | null
  reason: string
  /** Id of the user who says so. */
  by: string
}

/**
 * Says who drove a trip: a new version of it. Scores, premiums and statistics of both drivers follow. No event is rewritten, and no later record
 * of the car takes it back.
 *
 * The trip counts for the score of whoever drove. Its kilometres are paid for by a policy of theirs on the vehicle; where there is none they stay
 * with the policy that they are on, as another's.
 * @returns false where there is no such trip
 * @throws ProblemError `conflict` while the trip runs, `validation` for a driver without a policy on that day
 */
export async function reassignTrip(
  db: Database,
  { tripId, driverId, reason: changeReason, by: changedBy }: Reassignment,
): Promise<boolean> {
  return transactAgain(db, async (tx) => {
    const before = await lockTrip(tx, tripId)
    if (!before) return false
    await holdPolicies(tx, [before.vehicleId])
    if (before.version === 0)
      throw new ProblemError('conflict', `Trip "${tripId}" has not ended yet; ask again when it has.`)
    if (driverId !== null && (await policyOf(tx, driverId, before.startAt)) === null) {
      const message = `driver "${driverId}" has no policy on the day of the trip; null is for someone who is not insured here`
      throw new ProblemError('validation', message, { errors: [{ path: 'json.driverId', message }] })
    }
    if (before.driverId === driverId && before.assigned) return true
    await keepVersion(tx, before)
    const version = before.versions + 1
    const policyId = await policyFor(tx, driverId, before)
    const correlationId = randomUUID()
    const [after] = await tx
      .update(trips)
      .set({
        ...{ driverId, policyId, assigned: true, version, versions: version },
        ...{ cause: 'reassigned', changedBy, changeReason, correlationId, updatedAt: new Date() },
      })
      .where(eq(trips.id, tripId))
      .returning()
    await recordTripCompleted(tx, [{ before, after: after! }], { correlationId })
    return true
  })
}

/** The policy that pays for a trip of a driver: theirs on the vehicle, or the one that it is on, or that covers the vehicle. */
async function policyFor(tx: Database, driverId: string | null, trip: TripRow): Promise<string | null> {
  const own = driverId === null ? null : await policyOnVehicle(tx, driverId, trip)
  if (own ?? trip.policyId) return own ?? trip.policyId
  return (await policyAt(tx, { vehicleId: trip.vehicleId, at: trip.startAt }))?.policyId ?? null
}

async function policyOnVehicle(
  tx: Database,
  driverId: string,
  { vehicleId, startAt }: Pick<TripRow, 'vehicleId' | 'startAt'>,
): Promise<string | null> {
  const day = startAt.toISOString().slice(0, 10)
  const covers = and(lte(policies.startsOn, day), gte(policies.endsOn, day))
  const [policy] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.driverId, driverId), eq(policies.vehicleId, vehicleId), covers))
    .orderBy(desc(policies.startsOn), desc(policies.id))
    .limit(1)
  return policy?.id ?? null
}
