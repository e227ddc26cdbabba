import assert from 'node:assert/strict'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { speedingExample } from '@fairmile/models/contests/speeding-example.ts'
import { driveRecords } from './stored-drive.ts'

/** A drive's record with another end: the car went on, and told it again. */
export function longer(n: number, seconds: number): TripsRecord[] {
  const record = driveRecords(n, 'count').at(-1)
  if (record?.type !== 'trip') return assert.fail()
  const { trip } = record
  const distanceM = trip.statistics.distanceM + 15 * seconds
  const statistics = { ...trip.statistics, distanceM, speedSum: distanceM }
  return [{ type: 'trip', trip: { ...trip, endAt: trip.endAt + seconds * 1000, statistics } }]
}

/** A drive with a hard corner in place of the braking: the model hears of it. */
export function corneredDrive(n: number): TripsRecord[] {
  const [start, event, trip] = driveRecords(n, 'count')
  if (event?.type !== 'event' || trip?.type !== 'trip' || !start) return assert.fail()
  const kind = 'harsh_cornering' as const
  const events = trip.trip.statistics.events.map((count) => ({ ...count, kind }))
  const statistics = { ...trip.trip.statistics, events }
  return [
    start,
    { type: 'event', event: { ...event.event, kind } },
    { type: 'trip', trip: { ...trip.trip, statistics } },
  ]
}

/** A drive with twenty seconds at 86 km/h where the map says 50: to the north past one place, or to the south. */
export function speedingDrive(n: number, { south = false } = {}): TripsRecord[] {
  const [start, event, trip] = driveRecords(n)
  if (event?.type !== 'event' || trip?.type !== 'trip' || !start) return assert.fail()
  const { durationMs, trace, ...judged } = speedingExample({ kmh: 86 })
  const lat = trace.offsetMs.map((ms) => 49.01 + ((south ? -1 : 1) * (ms - 10_000) * 0.024) / 111_195)
  const lon = trace.offsetMs.map(() => 12.1)
  const endAt = event.event.startAt + durationMs
  const told: DrivingEvent = { ...event.event, ...judged, endAt, peak: 10, trace: { ...trace, lat, lon } }
  const statistics = {
    ...trip.trip.statistics,
    limitKnownS: 3_000,
    overLimitS: [60, 40, 20] as [number, number, number],
    events: [{ kind: 'speeding' as const, band: told.band, grade: 'A' as const, count: 1 }],
  }
  return [start, { type: 'event', event: told }, { type: 'trip', trip: { ...trip.trip, statistics } }]
}

/** A drive under other ids. */
export function renamed(records: readonly TripsRecord[], letter: string): TripsRecord[] {
  const tripId = `TRP-00000000000${letter}`
  return records.map((record) => {
    if (record.type === 'trip') return { ...record, trip: { ...record.trip, id: tripId } }
    if (record.type === 'trip_started') return { ...record, tripId }
    return { ...record, event: { ...record.event, tripId, id: `EVT-00000000000${letter}` } }
  })
}
