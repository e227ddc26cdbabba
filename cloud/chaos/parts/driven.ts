import { createHash } from 'node:crypto'
import type { TripsRecord, UrgentRecord } from '@fairmile/contract/records.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import type { Lots } from '../../../scripts/chaos/lots.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** A fleet under load tells a trip a minute of each car: none overlaps the next. */
const lastsMs = 55_000

/** Seconds of a drive, one a record, from `firstSeq` on; a wandering speed and course, so that they compress as real ones do. */
export function drivenSeconds(firstSeq: number, count: number, { fromMs, lots }: { fromMs: number; lots: Lots }) {
  let [lat, lon, speedMps, headingDeg] = [49 + lots.next() / 10, 12 + lots.next() / 10, 5 + lots.next() * 25, 90]
  return Array.from({ length: count }, (_, i): TelematicsEvent => {
    const push = lots.next() - 0.5
    const turn = lots.next() - 0.5
    speedMps = Math.max(0, speedMps + push)
    headingDeg = (headingDeg + turn * 4 + 360) % 360
    lat += (speedMps * Math.cos((headingDeg * Math.PI) / 180)) / 111_000
    lon += (speedMps * Math.sin((headingDeg * Math.PI) / 180)) / 73_000
    return {
      ...{ seq: firstSeq + i, at: fromMs + i * 1000, lat, lon, altM: 340 + push, speedMps },
      headingDeg: (Math.round(headingDeg * 10) % 3600) / 10,
      ...{ hdop: 0.9, aLongMin: push - 0.2, aLongMax: push + 0.2, aLatMin: turn - 0.2, aLatMax: turn + 0.2 },
      ...{ aVertRms: 0.2 + lots.next() / 5, yawRateMax: turn / 10, limitKmh: 100 },
      ...{ liveRisk: 20 + push, quality: 0 },
    }
  })
}

/** The records of the `n`-th trip of a car: its beginning, a harsh braking and its end, 55 s and 900 m later. */
export function drivenTrip(device: string, n: number, startAt: number): TripsRecord[] {
  const mark = `${device.slice(-6)}${String(n).padStart(6, '0')}`
  const [id, eventId] = [`TRP-${mark}`, `EVT-${mark}`]
  const count = { kind: 'harsh_braking', band: 'count', grade: 'A', count: 1 } as const
  const statistics = {
    ...{ ...emptyStatistics(), distanceM: 900, gradableM: 880, durationS: 54, movingS: 50, idleS: 4 },
    ...{ stops: 1, speedMaxMps: 33.3, speedSum: 900, speedSquareSum: 18_000, imuS: 48 },
    ...{ riskSum: 480, riskS: 48, events: [count] },
  }
  const trace = {
    offsetMs: [0, 100],
    speedMps: [20, 19.6],
    aLong: [-4, null],
    aLat: [0, 0.1],
    lat: [49, 49],
    lon: [12, 12],
  }
  return [
    { type: 'trip_started', tripId: id, startAt, lat: 49, lon: 12 },
    {
      type: 'event',
      event: {
        ...{ id: eventId, tripId: id, kind: 'harsh_braking', startAt: startAt + 30_000, endAt: startAt + 32_000 },
        ...{ peak: 4.2, band: 'count', grade: 'A', gradeReasons: [], lat: 49.01, lon: 12.1 },
        ...{ startSpeedMps: 20, endSpeedMps: 11, limitKmh: null, trace },
      },
    },
    {
      type: 'trip',
      trip: {
        ...{ id, startAt, endAt: startAt + lastsMs, endReason: 'ignition_off', startLat: 49, startLon: 12 },
        ...{ endLat: 49.3, endLon: 12.2, firstSeq: 1, lastSeq: 3600 },
        ...{ thresholdsHash: thresholdsHash(thresholds, sha256), statistics },
      },
    },
  ]
}

/** The `n`-th alert of a car. */
export function drivenAlert(device: string, n: number, at: number): UrgentRecord {
  const mark = `${device.slice(-6)}${String(n).padStart(6, '0')}`
  return {
    type: 'alert',
    alert: {
      ...{ eventId: `ALT-${mark}`, tripId: `TRP-${mark}`, kind: 'harsh_braking', band: 'coach', at },
      ...{ value: 4.2, speedMps: 20, lat: 49, lon: 12 },
    },
  }
}
