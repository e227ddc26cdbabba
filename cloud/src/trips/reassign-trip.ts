import { randomUUID } from 'node:crypto'
import { pendingStates } from '@fairmile/contract/contest.ts'
import { and, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import { handsOf, handsOfDrivers, otherHands, shareHands } from '../auth/hands.ts'
import { refuseDenied } from '../contests/refuse-denied.ts'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { policies } from '../db/schema/people.ts'
import { transactAgain } from '../db/transact-again.ts'
import { holdPolicies } from '../drivers/hold-policies.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { ProblemError } from '../http/problem.ts'
import { correctTrip } from './correct-trip.ts'
import { policyOf, recordTripCompleted } from './trip-completed.ts'
import { lockTrip, type TripRow } from './trip-versions.ts'

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
 * Says who drove a trip: a new version of it, with the contests that hold for that driver. Scores, premiums and statistics of both drivers follow.
 * No event is rewritten, and no later record of the car takes it back. Nobody says so of a trip of their own, or on their own policy.
 *
 * The trip counts for the score of whoever drove. Its kilometres are paid for by a policy of theirs on the vehicle; where there is none they stay
 * with the policy that they are on, as another's.
 * @returns false where there is no such trip
 * @throws ProblemError `conflict` while the trip runs or an event of it is contested, and where it was ruled that the driver was not it, `forbidden` where who says so may be a driver whom it concerns,
 * `validation` for a driver without a policy on that day
 */
export async function reassignTrip(db: Database, { tripId, driverId, reason, by }: Reassignment): Promise<boolean> {
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
    const policyId = await policyFor(tx, driverId, before)
    await refuseParty(tx, by, {
      tripId,
      driverIds: [before.driverId, driverId],
      policyIds: [before.policyId, policyId],
    })
    await refuseContested(tx, tripId)
    if (driverId !== null) await refuseDenied(tx, tripId, driverId)
    if (before.driverId === driverId && before.assigned) return true
    const why = { cause: 'reassigned', changedBy: by, changeReason: reason, correlationId: randomUUID() } as const
    const after = await correctTrip(tx, before, { ...why, drivenBy: { driverId, policyId, assigned: true } })
    await recordTripCompleted(tx, [{ before, after }], why)
    return true
  })
}

interface Concerned {
  tripId: string
  /** Whose the trip is and would be, … */
  driverIds: readonly (string | null)[]
  /** … and what pays for it then. */
  policyIds: readonly (string | null)[]
}

/** @throws ProblemError `forbidden` where one person may be behind the log-in of who says so and that of a driver whom it concerns */
async function refuseParty(tx: Database, by: string, { tripId, driverIds, policyIds }: Concerned): Promise<void> {
  const holders = await tx
    .select({ driverId: policies.driverId })
    .from(policies)
    .where(inArray(policies.id, known(policyIds)))
  const parties = [...known(driverIds), ...holders.map(({ driverId }) => driverId)]
  if (!shareHands(await handsOf(tx, by), await handsOfDrivers(tx, parties))) return
  const who = 'a driver whom it concerns may be at this log-in, or you at theirs'
  throw new ProblemError('forbidden', `You do not say who drove trip "${tripId}": ${who}. ${otherHands}`)
}

const known = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null)

/** @throws ProblemError `conflict` while an event of the trip is contested: two may have to rule on it, and only one says who drove */
async function refuseContested(tx: Database, tripId: string): Promise<void> {
  const [pending] = await tx
    .select({ id: contests.id })
    .from(contests)
    .where(and(eq(contests.tripId, tripId), inArray(contests.state, [...pendingStates])))
    .limit(1)
  if (pending)
    throw new ProblemError(
      'conflict',
      `An event of trip "${tripId}" is contested; rule on contest "${pending.id}" first.`,
    )
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
