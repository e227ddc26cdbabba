import { generateKeyPair, type KeyPair } from '@fairmile/contract/chain.ts'
import { hashPassword } from '../../src/auth/passwords.ts'
import type { Database } from '../../src/db/database.ts'
import { devices } from '../../src/db/schema/devices.ts'
import { drivers, policies, vehicles } from '../../src/db/schema/people.ts'

/** Password of every car at a broker that asks for one: one hash, so that ten thousand are registered in a second. */
const password = 'the password of every car of a test'
const passwordCost = { N: 2 ** 12, r: 8, p: 1 }
/** Cars of one statement. */
const slice = 1_000
const dayMs = 24 * 3600 * 1000

/** Who a simulated car is. */
export interface Identity {
  id: string
  driverId: string
  vehicleId: string
  policyId: string
  password: string
  keys: KeyPair
}

/**
 * Registers claimed devices straight in the database, each in a vehicle of its own, insured from a year ago for two years.
 *
 * @param options `first`: number of the first, so that more can be added later @default 1
 */
export async function registerCars(db: Database, { count, first = 1 }: { count: number; first?: number }) {
  const passwordHash = await hashPassword(password, passwordCost)
  const nowMs = Date.now()
  const day = (fromNow: number) => new Date(nowMs + fromNow * dayMs).toISOString().slice(0, 10)
  const identities: Identity[] = Array.from({ length: count }, (_, i) => {
    const n = String(first + i).padStart(12, '0')
    const ids = { id: `DEV-${n}`, driverId: `DRV-${n}`, vehicleId: `VEH-${n}`, policyId: `POL-${n}` }
    return { ...ids, password, keys: generateKeyPair() }
  })
  for (let at = 0; at < count; at += slice) {
    const some = identities.slice(at, at + slice)
    await db.insert(drivers).values(some.map(({ driverId }) => ({ id: driverId, name: `Driver ${driverId}` })))
    await db.insert(vehicles).values(some.map(({ vehicleId }) => ({ id: vehicleId, name: `Car ${vehicleId}` })))
    await db.insert(policies).values(
      some.map(({ policyId: id, driverId, vehicleId }) => ({
        ...{ id, driverId, vehicleId },
        ...{ planId: 'fairmile-1', startsOn: day(-365), endsOn: day(365) },
      })),
    )
    await db.insert(devices).values(
      some.map(({ id, vehicleId, keys }) => ({
        ...{ id, vehicleId, passwordHash, publicKey: keys.publicKey },
        ...{ claimHash: `test ${id}`, claimExpiresAt: new Date(nowMs + dayMs), claimedAt: new Date(nowMs) },
      })),
    )
  }
  return identities
}
