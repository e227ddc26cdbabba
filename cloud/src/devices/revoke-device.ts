import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'

/** Ends a device's right to log in, by certificate and by password, and to be claimed again; false where there is none of this id. */
export async function revokeDevice(db: Database, deviceId: string): Promise<boolean> {
  const changed = await db
    .update(devices)
    .set({ revokedAt: sql`coalesce(${devices.revokedAt}, now())` })
    .where(eq(devices.id, deviceId))
    .returning({ id: devices.id })
  return changed.length > 0
}
