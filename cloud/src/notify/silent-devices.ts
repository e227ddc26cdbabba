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
 * silences apart is when the device was heard last, so that a run twice tells nothing twice. The device keeps which was told: notifications
 * are removed by age, and a silence may last longer.
 */
export async function tellSilentDevices(
  db: Database,
  { channels, nowMs, days = silentDays, signal }: SilentOptions,
): Promise<{ told: number }> {
  const before = new Date(nowMs - days * 86_400_000).toISOString()
  const silent = await selectRows<{ id: string; vehicleId: string; heardAt: string; heardMs: number }>(
    db,
    sql`
      SELECT d.id, d.vehicle_id AS "vehicleId", d.last_seen_at::text AS "heardAt",
        floor(extract(epoch FROM d.last_seen_at) * 1000)::float8 AS "heardMs"
      FROM devices d
      WHERE d.last_seen_at < ${before}::timestamptz AND d.revoked_at IS NULL
        AND EXISTS (SELECT 1 FROM trips t WHERE t.device_id = d.id)
        AND d.silence_told IS DISTINCT FROM d.last_seen_at
      ORDER BY d.id LIMIT ${atOnce}`,
  )
  for (const { id: deviceId, vehicleId, heardAt, heardMs } of silent) {
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
      // As it was read, to the microsecond: it may have been heard since.
      await tx.execute(sql`UPDATE devices SET silence_told = ${heardAt}::timestamptz WHERE id = ${deviceId}`)
    })
  }
  return { told: silent.length }
}
