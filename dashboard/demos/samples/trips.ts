import type { DrivingEventDetail, DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { brakeAtS, cornerAtS, sampleDistanceM, samplePath } from './drive.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const iso = (ms: number): string => new Date(ms).toISOString()

/** Yesterday at 18:00 UTC, whatever the time is: so words like "Yesterday" are seen, and the day of its receipt is over. */
const startMs = Math.floor(Date.now() / dayMs) * dayMs - 6 * hourMs

/** The newest trip, with two events. */
export const sampleTrip: Trip = {
  id: samplePath.tripId,
  deviceId: 'DEV-0001',
  driverId: 'DRV-0001',
  startAt: iso(startMs),
  endAt: iso(startMs + 1_440_000),
  endReason: 'ignition_off',
  version: 1,
  source: 'car',
  startLat: 49.0134,
  startLon: 12.1016,
  endLat: 49.1,
  endLon: 12.2,
  distanceM: sampleDistanceM,
  gradableM: sampleDistanceM * 0.96,
  durationS: 1440,
  movingS: 1318,
  speedMaxMps: 28.2,
  meanLiveRisk: 31.4,
  events: [
    { kind: 'harsh_braking', band: 'count', grade: 'A', count: 1 },
    { kind: 'harsh_cornering', band: 'coach', grade: 'B', count: 1 },
  ],
}

const older = (index: number): Trip => {
  const start = startMs - Math.round((9.6 * index + (index % 3)) * hourMs)
  const distanceM = 4200 + ((index * 7919) % 31_000)
  const durationS = Math.round(distanceM / 11)
  const unjudged = index % 11 === 4
  return {
    ...sampleTrip,
    id: `TRP-${String(index).padStart(12, '0')}`,
    startAt: iso(start),
    endAt: iso(start + durationS * 1000),
    distanceM,
    gradableM: unjudged ? 0 : distanceM,
    durationS,
    movingS: Math.round(durationS * 0.88),
    speedMaxMps: 14 + (index % 9) * 2.4,
    meanLiveRisk: unjudged ? null : 6 + ((index * 37) % 58),
    events:
      unjudged || index % 4 !== 2
        ? []
        : [{ kind: 'harsh_acceleration', band: 'log', grade: 'A', count: 1 + (index % 2) }],
  }
}

/** 31 trips, newest first. */
export const sampleTrips: readonly Trip[] = [sampleTrip, ...Array.from({ length: 30 }, (_, index) => older(index + 1))]

/** A page of them; the cursor is the index to go on from. */
export function sampleTripPage(cursor: string | null, limit: number): Page<Trip> {
  const from = Number(cursor ?? 0)
  const next = from + limit
  return { items: sampleTrips.slice(from, next), nextCursor: next < sampleTrips.length ? String(next) : null }
}

const brake: DrivingEventSummary = {
  id: 'EVT-BRAKE0000001',
  tripId: sampleTrip.id,
  kind: 'harsh_braking',
  startAt: iso(startMs + brakeAtS * 1000),
  endAt: iso(startMs + (brakeAtS + 3) * 1000),
  peak: 5.1,
  band: 'count',
  grade: 'A',
  gradeReasons: [],
  lat: samplePath.points[brakeAtS / 3]!.lat,
  lon: samplePath.points[brakeAtS / 3]!.lon,
  startSpeedMps: 18.4,
  endSpeedMps: 0.6,
  limitKmh: 70,
  contest: null,
  trueLimit: null,
}
const corner: DrivingEventSummary = {
  ...brake,
  id: 'EVT-CORNER000001',
  kind: 'harsh_cornering',
  startAt: iso(startMs + cornerAtS * 1000),
  endAt: iso(startMs + (cornerAtS + 2) * 1000),
  peak: 4.31,
  band: 'coach',
  grade: 'B',
  gradeReasons: ['hdop'],
  lat: samplePath.points[Math.round(cornerAtS / 3)]!.lat,
  lon: samplePath.points[Math.round(cornerAtS / 3)]!.lon,
  startSpeedMps: 13.4,
  endSpeedMps: 12.1,
  limitKmh: 50,
}

/** The events of `sampleTrip` in order of time. */
export const sampleEvents: readonly DrivingEventSummary[] = [brake, corner]

/** The event with a trace of ±10 s at 10 Hz. */
export function sampleEventDetail(event: DrivingEventSummary): DrivingEventDetail {
  const offsetMs = Array.from({ length: 230 }, (_, index) => -10_000 + index * 100)
  const along = event.kind === 'harsh_braking'
  const bell = (ms: number) => Math.exp(-(((ms - 1100) / 900) ** 2))
  const speedAt = (ms: number) => {
    const [from, to] = [event.startSpeedMps!, event.endSpeedMps!]
    return to + (from - to) / (1 + Math.exp((ms - 1500) / 500))
  }
  return {
    ...event,
    crash: null,
    trace: {
      offsetMs,
      speedMps: offsetMs.map(speedAt),
      aLong: offsetMs.map((ms) => (along ? -event.peak * bell(ms) : 0) + 0.12 * Math.sin(ms / 210)),
      aLat: offsetMs.map((ms) => (along ? 0 : event.peak * bell(ms)) + 0.1 * Math.sin(ms / 170)),
      lat: offsetMs.map(() => event.lat),
      lon: offsetMs.map(() => event.lon),
    },
  }
}

/** A crash at the end of `sampleTrip`, from the front left, with what the box felt at 100 Hz. */
export function sampleCrash(): DrivingEventDetail {
  const detail = sampleEventDetail({ ...brake, id: 'EVT-CRASH0000001', kind: 'crash', peak: 98 })
  const offsetMs = Array.from({ length: 1000 }, (_, index) => -5000 + index * 10)
  const pulse = (ms: number) => (ms > 0 && ms < 110 ? 98 * Math.sin((Math.PI * ms) / 110) : 0)
  const felt = {
    offsetMs,
    ax: offsetMs.map((ms) => -0.7 * pulse(ms) + 0.3 * Math.sin(ms / 31)),
    ay: offsetMs.map((ms) => -0.7 * pulse(ms) + 0.2 * Math.sin(ms / 23)),
    az: offsetMs.map((ms) => 9.8 + 0.1 * pulse(ms) + 0.4 * Math.sin(ms / 17)),
  }
  const facts = { deltaVMps: 6.4, directionDeg: 320, peakMps2: 98, rolledOver: false, saturated: false, rateHz: 100 }
  return { ...detail, crash: { ...facts, felt } }
}
