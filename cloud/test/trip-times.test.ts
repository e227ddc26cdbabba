import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

const startMs = Date.UTC(2026, 5, 1, 12)
const hourMs = 3_600_000
const statistics = statisticsExample({ km: 6, gradable: 1, temper: 0.2, events: [] })
const seqs = { firstSeq: 1, lastSeq: 600, thresholdsHash: 'ab12' }
const nowhere = { startLat: null, startLon: null, endLat: null, endLon: null }

for (const engine of engines()) {
  describe(`times of trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database

    it('a trip of no time that can be is a dead letter, and counts for nothing', async () => {
      const device = await addDevice(db, 1)
      const trip = (n: number, startAt: number, endAt: number): TripRecord => {
        const id = tripId(device.id, 1, n)
        return { id, startAt, endAt, endReason: 'still', ...seqs, ...nowhere, statistics }
      }
      const { ingest } = startIngest(database)
      const lane = laneOf(device, 'trips')
      for (const record of [
        trip(1, startMs, startMs + 600_000),
        trip(2, startMs + hourMs, Date.UTC(2099, 0)),
        trip(3, startMs, startMs + 49 * hourMs),
      ])
        await ingest.take(lane.seal([{ type: 'trip', trip: record }]).message)
      await ingest.stop()
      const letters = await db.select({ reason: deadLetters.reason }).from(deadLetters)
      assert.deepEqual(
        letters.map(({ reason }) => reason),
        ['out_of_range', 'out_of_range'],
      )
      const counted = await recentTrips(db, { driverId: device.driverId, days: 30 })
      assert.deepEqual(
        counted.map(({ id }) => id),
        [tripId(device.id, 1, 1)],
      )
    })
  })
}
