import type { TripsRecord, UrgentRecord } from '@fairmile/contract/records.ts'
import type { After } from '../clock.ts'
import type { Unsequenced } from './outbox.ts'

/** Noon of a day after the build date, UTC epoch milliseconds. */
export const noon = Date.UTC(2026, 10, 23, 12)

/** A second of driving for tests. */
export const second = (at: number, qualityBits = 0): Unsequenced<'telematics'> => ({
  at,
  lat: 49.0134,
  lon: 12.1016,
  altM: 340.5,
  speedMps: 13.89,
  headingDeg: 271.5,
  hdop: 0.9,
  aLongMin: -0.2,
  aLongMax: 0.31,
  aLatMin: -0.1,
  aLatMax: 0.12,
  aVertRms: 0.25,
  yawRateMax: 0.012,
  limitKmh: 50,
  liveRisk: 22.5,
  quality: qualityBits,
})

/** A trip that has just begun. */
export const started: TripsRecord = {
  type: 'trip_started',
  tripId: 'TRP-000000000001',
  startAt: noon,
  lat: 49.01,
  lon: 12.1,
}

/** An alert of hard braking. */
export const braking: UrgentRecord = {
  type: 'alert',
  alert: {
    eventId: 'EVT-000000000001',
    tripId: 'TRP-000000000001',
    kind: 'harsh_braking',
    band: 'coach',
    at: noon,
    value: 4.1,
    speedMps: 14,
    lat: 49.01,
    lon: 12.1,
  },
}

/** A timer that rings when a test says so. */
export function createFakeAfter(): { after: After; ring(): void; waitsMs(): number | null } {
  let waiting: { ms: number; callback: () => void } | null = null
  return {
    after(ms, callback) {
      waiting = { ms, callback }
      return () => {
        waiting = null
      }
    },
    ring() {
      const due = waiting
      waiting = null
      due?.callback()
    },
    waitsMs: () => waiting?.ms ?? null,
  }
}
