import { type Proves, proofsOf } from '@fairmile/contract/chain.ts'
import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import type { KnownDevice } from './judge.ts'

/** Keys that are kept read, 1 KiB each; reading one takes as long as half a signature. The one used longest ago makes room. */
const maxKeys = 20_000

/** Finds claimed devices by their ids. */
export type FindDevices = (ids: readonly string[]) => Promise<Map<string, KnownDevice>>

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
    if (ids.length === 0) return new Map()
    const rows = await db
      .select({ id: devices.id, vehicleId: devices.vehicleId, publicKey: devices.publicKey })
      .from(devices)
      .where(and(inArray(devices.id, [...ids]), isNotNull(devices.publicKey), isNull(devices.revokedAt)))
    return new Map(rows.map(({ id, vehicleId, publicKey }) => [id, { id, vehicleId, proves: proofs(publicKey!) }]))
  }
}
