import { asc, isNotNull, or } from 'drizzle-orm'
import { serialOf } from '../broker/certificates.ts'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'

/** What a broker elsewhere must know of a device. */
export interface DeviceLogin {
  id: string
  /** As Mosquitto hashes it; null where the device was claimed before that was kept, or is revoked. */
  passwordHash: string | null
  /** Of its certificate, hex. */
  serial: string | null
  revoked: boolean
}

/** Every device that was claimed or revoked, in order of their ids. */
export async function listDeviceLogins(db: Database): Promise<DeviceLogin[]> {
  const { id, mosquittoHash, certificate, revokedAt } = devices
  const rows = await db
    .select({ id, mosquittoHash, certificate, revokedAt })
    .from(devices)
    .where(or(isNotNull(devices.publicKey), isNotNull(revokedAt)))
    .orderBy(asc(id))
  return rows.map((row) => ({
    id: row.id,
    passwordHash: row.revokedAt ? null : row.mosquittoHash,
    serial: row.certificate && serialOf(row.certificate),
    revoked: row.revokedAt !== null,
  }))
}
