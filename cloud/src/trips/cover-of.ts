import { denialHolds } from '../contests/denial-holds.ts'
import type { Database } from '../db/database.ts'
import { policyAt } from '../drivers/policy-at.ts'

interface Stored {
  readonly id: string
  readonly vehicleId: string
  readonly startAt: Date
}

interface CoverOptions {
  /** What a person said of who drove; null where nobody did. */
  readonly said: { driverId: string | null; policyId: string | null } | null
  /** It is the first record of the trip. */
  readonly isFirst: boolean
}

/**
 * Whose a trip is that is being stored, and the policy that pays for it: as a person said, or by the policy that covers the vehicle. Where the "not me" of
 * that driver holds it is nobody's, or whose it was ruled to be, and stays on the policy: what a person said may be of a trip that had another id.
 */
export async function coverOf(
  tx: Database,
  { id: tripId, vehicleId, startAt }: Stored,
  { said, isFirst }: CoverOptions,
): Promise<{ driverId: string | null; policyId: string | null; assigned: boolean }> {
  const cover = said ?? (await policyAt(tx, { vehicleId, at: startAt }))
  if (!cover) return { driverId: null, policyId: null, assigned: false }
  const { driverId, policyId } = cover
  const denied = driverId === null ? null : await denialHolds(tx, { tripId, driverId }, { isFirst })
  return { ...(denied ?? { driverId }), policyId, assigned: said !== null || denied !== null }
}
