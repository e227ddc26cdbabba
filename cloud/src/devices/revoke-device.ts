import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'

/** Where brokers of the cloud hear that a device was revoked. */
export const revocationsChannel = 'fairmile_revoked_devices'

/** Ends a device's right to log in, by certificate and by password, and to be claimed again, and tells brokers; false where there is none of this id. */
export async function revokeDevice(db: Database, deviceId: string): Promise<boolean> {
  const changed = await db
    .update(devices)
    .set({ revokedAt: sql`coalesce(${devices.revokedAt}, now())` })
    .where(eq(devices.id, deviceId))
    .returning({ id: devices.id, told: sql`pg_notify(${revocationsChannel}, '')` })
  return changed.length > 0
}

/** Those of these devices that are revoked. */
export async function revokedAmong(db: Database, deviceIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: devices.id })
    .from(devices)
    .where(and(inArray(devices.id, [...deviceIds]), isNotNull(devices.revokedAt)))
  return rows.map(({ id }) => id)
}
