import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { eq } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { ensurePartitions } from '../src/db/partitions.ts'
import { tripAccounts } from '../src/db/schema/trip-records.ts'
import { insertTelematics } from '../src/ingest/telematics.ts'
import { createLog } from '../src/log.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { touchTrips } from '../src/trips/touch-trips.ts'
import { createTripWork } from '../src/trips/trip-work.ts'
import { createTripWorkCounters } from '../src/trips/trip-work-counters.ts'
import { addDevice, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'

const minuteMs = 60_000

for (const engine of engines()) {
  describe(`accounts of trips whose last seconds come after the record on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    // `storeTrips` goes by the wall clock: the trip has just ended.
    const recordedMs = Date.now()
    const startMs = recordedMs - 601_000
    const months = [startMs, recordedMs].map((at) => new Date(at).toISOString().slice(0, 7))
    await ensurePartitions(database, [...new Set(months)])
    const clock = { ms: recordedMs }
    const counters = createTripWorkCounters(new Registry())
    const work = createTripWork({ db, counters, log: createLog({ level: 'silent' }), nowMs: () => clock.ms })
    const seconds = Array.from({ length: 600 }, (_, n) => telematicsEvent(n + 1, startMs))
    const store = (records: typeof seconds) =>
      db.transaction(async (tx) => {
        await insertTelematics(tx, [{ deviceId: device.id, boot: 1, records }])
        const [first, last] = [records[0]!, records.at(-1)!]
        const range = { firstSeq: first.seq, lastSeq: last.seq, fromMs: first.at, toMs: last.at }
        await touchTrips(tx, [{ deviceId: device.id, boot: 1, ...range }], { nowMs: clock.ms })
      })

    it('hold all of them, though none came late enough to be told of', async () => {
      for (let from = 0; from < 480; from += 60) {
        clock.ms = startMs + (from + 61) * 1000
        await store(seconds.slice(from, from + 60))
      }
      const id = tripId(device.id, 1, 1)
      const trip = {
        ...{ id, startAt: startMs + 1000, endAt: startMs + 600_000, endReason: 'still' as const },
        ...{ firstSeq: 1, lastSeq: 600, startLat: null, startLon: null, endLat: null, endLon: null },
        thresholdsHash: 'ab12',
        statistics: statisticsExample({ km: 12, gradable: 1, temper: 0.2, events: [] }),
      }
      const { id: deviceId, vehicleId } = device
      await db.transaction((tx) => storeTrips(tx, { deviceId, boot: 1, vehicleId }, [{ type: 'trip', trip }]))
      clock.ms = recordedMs + 2.5 * minuteMs
      await work()
      await store(seconds.slice(480))
      for (const minutes of [6, 11, 70, 3_000]) {
        clock.ms = recordedMs + minutes * minuteMs
        await work()
      }
      const accounts = await db.select().from(tripAccounts).where(eq(tripAccounts.tripId, id))
      assert.deepEqual(
        accounts.map(({ version, account }) => [version, account.seconds]),
        [[1, 600]],
      )
    })
  })
}
