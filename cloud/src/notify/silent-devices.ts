import type { NotificationChannel } from '@fairmile/contract/http/notification-kinds.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { silentDays } from './kinds.ts'
import { recordNotification } from './record-notification.ts'

/** Devices that one run tells of; the next run goes on. */
const atOnce = 200

interface SilentOptions {
  readonly channels: ReadonlySet<NotificationChannel>
  readonly nowMs: number
  /** @default silentDays */
  readonly days?: number
  readonly signal?: AbortSignal
}

/**
 * Tells driver and admins of devices that have driven and were not heard for days: once, until they are heard again. What tells two
 * silences apart is when the device was heard last, so that a run twice tells nothing twice.
 */
export async function tellSilentDevices(
  db: Database,
  { channels, nowMs, days = silentDays, signal }: SilentOptions,
): Promise<{ told: number }> {
  const before = new Date(nowMs - days * 86_400_000).toISOString()
  const silent = await selectRows<{ id: string; vehicleId: string; heardMs: number }>(
    db,
    sql`
      SELECT d.id, d.vehicle_id AS "vehicleId", 
        floor(extract(epoch FROM d.last_seen_at) * 1000)::float8 AS "heardMs"
      FROM devices d
      WHERE d.last_seen_at < ${before}::timestamptz AND d.revoked_at IS NULL
        AND EXISTS (SELECT 1 FROM trips t WHERE t.device_id = d.id)
        AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.occasion =
          'device_silent:' || d.id || ':' || floor(extract(epoch FROM d.last_seen_at) * 1000)::bigint || ':admins')
      ORDER BY d.id LIMIT ${atOnce}`,
  )
  for (const { id: deviceId, vehicleId, heardMs } of silent) {
    signal?.throwIfAborted()
    const data = { deviceId, heardAt: new Date(heardMs).toISOString(), days }
    const at = new Date(nowMs)
    await db.transaction(async (tx) => {
      const policy = await policyAt(tx, { vehicleId, at })
      for (const driverId of policy ? [policy.driverId, null] : [null]) {
        const occasion = `device_silent:${deviceId}:${heardMs}:${driverId ?? 'admins'}`
        const told = { kind: 'device_silent' as const, data }
        await recordNotification(tx, { told, driverId, cause: { occasion }, at }, { channels, nowMs })
      }
    })
  }
  return { told: silent.length }
}
