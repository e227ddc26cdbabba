import { createHash, randomBytes } from 'node:crypto'
import type { CreateDeviceBody, CreatedDevice } from '@fairmile/contract/http/devices.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { policies, vehicles } from '../db/schema/people.ts'
import { drawPublicId } from '../drivers/public-id.ts'

/** Crockford's base 32: no I, L, O or U, so that a code can be typed from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 100 bits: nobody guesses one, so a plain hash of it is enough. */
const claimCharacters = 20
/** Time from printing a code to the first start in the car, ms: a month on the shelf. */
const claimLifeMs = 30 * 24 * 3600 * 1000

/**
 * Creates a device in a vehicle, with a claim code that is shown this once and kept as a hash.
 *
 * @returns null where there is no such vehicle or policy
 */
export async function createDevice(
  db: Database,
  body: CreateDeviceBody,
  { nowMs = Date.now() } = {},
): Promise<CreatedDevice | null> {
  const vehicleId = await findVehicle(db, body)
  if (vehicleId === null) return null
  const id = drawPublicId('DEV')
  const claimCode = drawClaimCode()
  const claimExpiresAt = new Date(nowMs + claimLifeMs)
  await db.insert(devices).values({ id, vehicleId, claimHash: hashClaimCode(claimCode), claimExpiresAt })
  return { id, claimCode }
}

/** What is stored of a claim code: SHA-256 of its characters in hex; case and dashes do not matter. */
export const hashClaimCode = (code: string): string =>
  createHash('sha256').update(code.toUpperCase().replace(/[\s-]/g, '')).digest('hex')

async function findVehicle(db: Database, body: CreateDeviceBody): Promise<string | null> {
  const [row] =
    'vehicleId' in body
      ? await db.select({ id: vehicles.id }).from(vehicles).where(eq(vehicles.id, body.vehicleId))
      : await db.select({ id: policies.vehicleId }).from(policies).where(eq(policies.id, body.policyId))
  return row?.id ?? null
}

function drawClaimCode(): string {
  const characters = Array.from(randomBytes(claimCharacters), (byte) => alphabet.charAt(byte & 31)).join('')
  return characters.replace(/(.{5})(?=.)/g, '$1-')
}
