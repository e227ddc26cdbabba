import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Alert, UrgentRecord } from '@fairmile/contract/records.ts'
import type { Database } from '../db/database.ts'
import { policiesAt } from '../drivers/policy-at.ts'
import { recordDomainEvents } from '../events/outbox.ts'
import { storeCrash, storeCrashAlarm } from './crashes.ts'

/** What an `urgent` batch says, and of whom. */
export interface UrgentRecords {
  deviceId: string
  boot: number
  vehicleId: string
  correlationId: string
  records: readonly UrgentRecord[]
}

/**
 * Records SafetyAlert for each alert of `urgent` batches, and keeps what they say of crashes: once a transaction, with as many
 * statements for many alerts as for one; crashes, which are few, go one by one.
 *
 * Whose the trip is that an alert names is not asked: the car may have no power left to say it again, and whoever told of that trip first would keep
 * a crash from everybody. What is read of a trip has none of it where it is another device's (`isOfTrip`).
 *
 * @throws {ForeignIdError} where a crash belongs to another device
 * @returns what the live pages are to be told once it is committed
 */
export async function storeAlerts(tx: Database, batches: readonly UrgentRecords[]): Promise<LiveMessage[]> {
  const alerts: (Omit<UrgentRecords, 'records'> & { alert: Alert })[] = []
  for (const { records, ...source } of batches)
    for (const record of records) {
      if (record.type === 'crash') await storeCrash(tx, source.deviceId, record.crash)
      else alerts.push({ ...source, alert: record.alert })
    }
  const asked = alerts.map(({ vehicleId, alert }) => ({ vehicleId, at: new Date(alert.at) }))
  const covers = await policiesAt(tx, asked)
  const known = alerts.map((alert, n) => ({ ...alert, driverId: covers[n]?.driverId ?? null }))
  await recordDomainEvents(tx, known.map(eventOf))
  for (const { alert, ...source } of known) if (alert.kind === 'crash') await storeCrashAlarm(tx, source, alert)
  return known.map(liveAlert)
}

interface Told {
  deviceId: string
  driverId: string | null
  correlationId: string
  alert: Alert
}

const eventOf = ({ deviceId, driverId, alert, correlationId }: Told): DomainEvent & { correlationId: string } => ({
  type: 'SafetyAlert',
  subject: driverId ?? deviceId,
  data: { deviceId, driverId, alert },
  correlationId,
})

const liveAlert = ({ deviceId, driverId, alert }: Told): LiveMessage => {
  const { eventId, tripId, kind, band, at, value } = alert
  return { type: 'safety_alert', driverId, deviceId, at, kind, band, value, eventId, tripId }
}
