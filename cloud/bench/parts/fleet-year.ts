import type { Quantized } from '@fairmile/contract/columns/quantize.ts'
import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import { createLots, type Lots } from '../../../scripts/chaos/lots.ts'
import type { TelematicsColumns } from '../../src/ingest/telematics-copy.ts'

/** What a fleet is to have driven. */
export interface FleetYear {
  rows: number
  months: number
  drivers: number
  /** Of the drawing of lots. */
  seed: number
}

/** A trip of the fleet: one boot of its device, a second a row. */
export interface FleetTrip {
  id: string
  /** Of driver and device, from 0. */
  driver: number
  boot: number
  startMs: number
  rows: number
}

/** The month that comes first, UTC. */
export const firstMonth = { year: 2025, month: 0 }
/** Rows of one message, as devices seal them at 1 Hz. */
const batchRows = 60
/** Shares of the trips by the hour in which they begin: two rushes, little at night. */
const hourWeights = [1, 0, 0, 0, 1, 3, 8, 20, 18, 7, 5, 5, 7, 6, 6, 8, 15, 20, 16, 9, 6, 4, 3, 2]
/** Trips take from 15 to 25 minutes, 20 in the middle. */
const shortestS = 900
const longestS = 1500

export const deviceOf = (driver: number): string => `DEV-${String(driver).padStart(5, '0')}`
export const driverOf = (driver: number): string => `DRV-${String(driver).padStart(5, '0')}`

/**
 * Draws the trips of a fleet month by month: each month has its equal share of the rows, each driver its share of those.
 *
 * A thousand drivers who drive every second of two trips a day fill 20 million rows in nine days, so that the trips of a year
 * are fewer here, spread over all its days; a trip is whole.
 */
export function drawTrips({ rows, months, drivers, seed }: FleetYear): FleetTrip[] {
  const lots = createLots(seed)
  const trips: FleetTrip[] = []
  const boots = new Array<number>(drivers).fill(0)
  const perMonth = rows / months
  for (let month = 0; month < months; month++) {
    const from = Date.UTC(firstMonth.year, firstMonth.month + month, 1)
    const days = new Date(Date.UTC(firstMonth.year, firstMonth.month + month + 1, 0)).getUTCDate()
    let left = Math.round(perMonth * (month + 1)) - Math.round(perMonth * month)
    for (let n = 0; left > 0; n++) {
      const driver = n % drivers
      const lasts = Math.min(left, shortestS + lots.below(longestS - shortestS))
      const startS = (lots.below(days) * 24 + drawHour(lots)) * 3600 + lots.below(1800)
      trips.push({ id: `TRP-${trips.length}`, driver, boot: 0, startMs: from + startS * 1000, rows: lasts })
      left -= lasts
    }
  }
  trips.sort((a, b) => a.startMs - b.startMs)
  for (const trip of trips) {
    const boot = boots[trip.driver]! + 1
    boots[trip.driver] = boot
    trip.boot = boot
  }
  return trips
}

/** The batches of those trips in the order in which they arrive: a minute of each car that drives, in turns. */
export function* batchesOf(trips: readonly FleetTrip[]): Generator<TelematicsColumns> {
  const batches = trips.flatMap((trip) =>
    Array.from({ length: Math.ceil(trip.rows / batchRows) }, (_, n) => {
      const first = n * batchRows
      const count = Math.min(batchRows, trip.rows - first)
      return { trip, first, count, arrivesMs: trip.startMs + (first + count) * 1000 }
    }),
  )
  batches.sort((a, b) => a.arrivesMs - b.arrivesMs)
  for (const { trip, first, count } of batches) {
    const seconds = Array.from({ length: count }, (_, i) => stepsAt(trip, first + i))
    yield {
      device: deviceOf(trip.driver),
      boot: trip.boot,
      firstSeq: first + 1,
      lastSeq: first + count,
      columns: telematicsFields.map((_, field) => seconds.map((steps) => steps[field] ?? null)),
    }
  }
}

/** A second of a trip in the wire's integers: an even wave of speed along a line, cheap to make. */
function stepsAt({ driver, startMs }: FleetTrip, second: number): Quantized {
  const phase = (second + driver * 7) / 40
  const aLong = Math.round(25 * Math.cos(phase))
  const aLat = Math.round(120 * Math.sin(phase * 1.7))
  return [
    startMs + second * 1000,
    Math.min(aLong, 0) - 5,
    Math.max(aLong, 0) + 5,
    Math.min(aLat, 0) - 5,
    Math.max(aLat, 0) + 5,
    ...[30, aLat * 2, Math.round(1400 + 1000 * Math.sin(phase)), ((second + driver) % 360) * 10],
    52_500_000 + (driver % 100) * 2000 + second * 100,
    13_300_000 + (driver % 83) * 2500,
    ...[340, 9, 50, Math.round(200 + 150 * Math.sin(phase)), 0],
  ]
}

function drawHour(lots: Lots): number {
  let lot = lots.below(hourWeights.reduce((sum, weight) => sum + weight, 0))
  for (const [hour, weight] of hourWeights.entries()) {
    if (lot < weight) return hour
    lot -= weight
  }
  return 0
}
