import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Alert, UrgentRecord } from '@fairmile/contract/records.ts'
import type { Database } from '../db/database.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { storeCrash, storeCrashAlarm } from './crashes.ts'

/**
 * Records SafetyAlert for each alert of an `urgent` batch, and keeps what it says of crashes.
 *
 * @throws {ForeignIdError} where a crash belongs to another device
 * @returns what the live pages are to be told once it is committed
 */
export async function storeAlerts(
  tx: Database,
  {
    deviceId,
    boot,
    vehicleId,
    correlationId,
  }: { deviceId: string; boot: number; vehicleId: string; correlationId?: string | undefined },
  records: readonly UrgentRecord[],
): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = []
  for (const record of records) {
    if (record.type === 'crash') {
      await storeCrash(tx, deviceId, record.crash)
      continue
    }
    const { alert } = record
    const cover = await policyAt(tx, { vehicleId, at: new Date(alert.at) })
    const driverId = cover?.driverId ?? null
    const data = { deviceId, driverId, alert }
    await recordDomainEvent(tx, { type: 'SafetyAlert', subject: driverId ?? deviceId, data }, { correlationId })
    if (alert.kind === 'crash') await storeCrashAlarm(tx, { deviceId, boot }, alert)
    messages.push(liveAlert(deviceId, driverId, alert))
  }
  return messages
}

const liveAlert = (
  deviceId: string,
  driverId: string | null,
  { eventId, tripId, kind, band, at, value }: Alert,
): LiveMessage => ({ type: 'safety_alert', driverId, deviceId, at, kind, band, value, eventId, tripId })
