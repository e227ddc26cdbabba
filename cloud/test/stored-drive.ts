import { createHash } from 'node:crypto'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import type { laneOf } from './devices.ts'
import { startIngest } from './ingest-rig.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** When the n-th trip of the tests begins: one a day from 1 June 2026, noon. */
export const tripStart = (n: number): number => Date.UTC(2026, 5, n, 12)

/** A trip of 60 km in an hour, with a harsh braking of the given band. */
export function driveRecords(n: number, band: DrivingEvent['band'] = 'coach'): TripsRecord[] {
  const startAt = tripStart(n)
  const id = `TRP-00000000000${n}`
  const statistics = {
    ...emptyStatistics(),
    distanceM: 60_000,
    gradableM: 59_000,
    durationS: 3_600,
    movingS: 3_500,
    idleS: 100,
    stops: 12,
    speedMaxMps: 33.3,
    speedSum: 60_000,
    speedSquareSum: 1_200_000,
    imuS: 3_400,
    riskSum: 34_000,
    riskS: 3_400,
    events: [{ kind: 'harsh_braking' as const, band, grade: 'A' as const, count: 1 }],
  }
  const event: DrivingEvent = {
    id: `EVT-00000000000${n}`,
    tripId: id,
    kind: 'harsh_braking',
    startAt: startAt + 60_000,
    endAt: startAt + 62_000,
    peak: 4.2,
    band,
    grade: 'A',
    gradeReasons: [],
    lat: 49.01,
    lon: 12.1,
    startSpeedMps: 20,
    endSpeedMps: 11,
    limitKmh: null,
    trace: {
      offsetMs: [0, 100],
      speedMps: [20, 19.6],
      aLong: [-4, null],
      aLat: [0, 0.1],
      lat: [49, 49],
      lon: [12, 12],
    },
  }
  const trip: TripsRecord = {
    type: 'trip',
    trip: {
      id,
      startAt,
      endAt: startAt + 3_600_000,
      endReason: 'ignition_off',
      startLat: 49,
      startLon: 12,
      endLat: 49.3,
      endLon: 12.2,
      firstSeq: (n - 1) * 1_201 + 1,
      lastSeq: n * 1_201,
      thresholdsHash: thresholdsHash(thresholds, sha256),
      statistics,
    },
  }
  return [{ type: 'trip_started', tripId: id, startAt, lat: 49, lon: 12 }, { type: 'event', event }, trip]
}

/** Sends drives in the `trips` lane of a device through ingest, as the car does, and waits until they are stored. */
export async function storeDrives(
  database: OpenDatabase,
  lane: ReturnType<typeof laneOf<'trips'>>,
  drives: TripsRecord[][],
): Promise<void> {
  const { ingest } = startIngest(database)
  for (const records of drives) await ingest.take(lane.seal(records).message)
  await ingest.stop()
}
