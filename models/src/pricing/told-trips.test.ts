import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyStatistics } from '../trips/merge-statistics.ts'
import { countedBrake, tripExample } from './pricing-example.ts'
import { toldTrips } from './told-trips.ts'

test('toldTrips tells of a trip that another drove its start and distance alone', () => {
  const own = tripExample(0, { events: [countedBrake] })
  const lent = { ...tripExample(5, { km: 40, events: [countedBrake] }), driver: 'other' as const }
  const { id, startAt, thresholdsHash } = lent
  const told = { ...emptyStatistics(), distanceM: 40_000 }
  assert.deepEqual(toldTrips([lent, own]), [
    own,
    { id, startAt, endAt: startAt, thresholdsHash, statistics: told, driver: 'other' },
  ])
})
