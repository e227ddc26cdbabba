import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
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
export const braking: Extract<UrgentRecord, { type: 'alert' }> = {
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

/** A raw chunk of a rough road: a second at 100 Hz. */
export function chunk(at: number): RawChunk {
  const rough = (scale: number, seed: number) =>
    Array.from({ length: 100 }, (_, i) => ((((i + at) * seed) % 997) / 997 - 0.5) * scale)
  return {
    at,
    imu: {
      offsetMs: Array.from({ length: 100 }, (_, i) => i * 10),
      ax: rough(2, 7919),
      ay: rough(2, 6101),
      az: rough(4, 4243),
      gx: rough(0.1, 3571),
      gy: rough(0.1, 2903),
      gz: rough(0.1, 1987),
    },
    fixes: { offsetMs: [0], lat: [49.01], lon: [12.1], altM: [340], speedMps: [14], courseDeg: [90], hdop: [0.9] },
  }
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
