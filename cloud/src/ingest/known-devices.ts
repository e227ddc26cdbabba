import { type Proves, proofsOf } from '@fairmile/contract/chain.ts'
import { and, inArray, isNotNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import type { KnownDevice } from './judge.ts'

/** Keys that are kept read, 1 KiB each; reading one takes as long as half a signature. The one used longest ago makes room. */
const maxKeys = 20_000

/** Claimed devices: those in good standing, and the ids of those that are revoked. */
export interface FoundDevices {
  known: Map<string, KnownDevice>
  revoked: Set<string>
}

/** Finds claimed devices by their ids. */
export type FindDevices = (ids: readonly string[]) => Promise<FoundDevices>

/** Asks the database each time, as a device may be claimed anew; only what its key is read into is remembered. */
export function createFindDevices(db: Database): FindDevices {
  const keys = new Map<string, Proves>()
  const proofs = (publicKey: string): Proves => {
    const proves = keys.get(publicKey) ?? proofsOf(publicKey)
    keys.delete(publicKey)
    keys.set(publicKey, proves)
    if (keys.size > maxKeys) keys.delete(keys.keys().next().value!)
    return proves
  }
  return async (ids) => {
    const found: FoundDevices = { known: new Map(), revoked: new Set() }
    if (ids.length === 0) return found
    const rows = await db
      .select({
        id: devices.id,
        vehicleId: devices.vehicleId,
        publicKey: devices.publicKey,
        revokedAt: devices.revokedAt,
      })
      .from(devices)
      .where(and(inArray(devices.id, [...ids]), isNotNull(devices.publicKey)))
    for (const { id, vehicleId, publicKey, revokedAt } of rows) {
      if (revokedAt === null) found.known.set(id, { id, vehicleId, proves: proofs(publicKey!) })
      else found.revoked.add(id)
    }
    return found
  }
}
