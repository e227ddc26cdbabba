import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Alert, UrgentRecord } from '@fairmile/contract/records.ts'
import type { Database } from '../db/database.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { recordDomainEvent } from '../events/outbox.ts'

/**
 * Records SafetyAlert for each alert of an `urgent` batch.
 *
 * @returns what the live pages are to be told once it is committed
 */
export async function storeAlerts(
  tx: Database,
  { deviceId, vehicleId }: { deviceId: string; vehicleId: string },
  records: readonly UrgentRecord[],
): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = []
  for (const { alert } of records) {
    const cover = await policyAt(tx, { vehicleId, at: new Date(alert.at) })
    const driverId = cover?.driverId ?? null
    await recordDomainEvent(tx, {
      type: 'SafetyAlert',
      subject: driverId ?? deviceId,
      data: { deviceId, driverId, alert },
    })
    if (driverId !== null) messages.push(liveAlert(deviceId, driverId, alert))
  }
  return messages
}

const liveAlert = (
  deviceId: string,
  driverId: string,
  { eventId, tripId, kind, band, at, value }: Alert,
): LiveMessage => ({ type: 'safety_alert', driverId, deviceId, at, kind, band, value, eventId, tripId })
