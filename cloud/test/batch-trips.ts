import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import type { trips } from '../src/db/schema/trips.ts'
import type { TestDevice } from './devices.ts'

const dayMs = 86_400_000
const newestMs = Date.UTC(2026, 5, 30, 12)

/** A trip that is another for each number. */
export function tripOf(device: TestDevice, n: number, statistics?: TripStatistics): typeof trips.$inferInsert {
  const kinds = ['harsh_braking', 'harsh_cornering', 'speeding'] as const
  const startMs = newestMs - n * 3 * dayMs
  const event = { kind: kinds[n % 3]!, band: 'coach', grade: 'A' } as const
  const shape = { km: 3.3 + n * 1.7, gradable: 0.9, temper: ((n * 37) % 100) / 100, events: [event] }
  const { id: deviceId, vehicleId, driverId, policyId } = device
  return {
    ...{ id: `TRP-${driverId}-${n}`, deviceId, bootId: 1, vehicleId, driverId, policyId, version: 1, versions: 1 },
    ...{ startAt: new Date(startMs), endAt: new Date(startMs + 1_200_000), firstSeq: 1, lastSeq: 1200 },
    ...{ thresholdsHash: 'test', cause: 'recorded', statistics: statistics ?? statisticsExample(shape) },
  }
}
