import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bootId } from '@fairmile/contract/boot.ts'
import { insertTelematics } from '../src/ingest/telematics.ts'
import { tripPath } from '../src/trips/path.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { addDevice, laneOf, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`the path of a trip on ${engine.name}`, async () => {
    const database = await engine.open()
    const device = await addDevice(database.db)
    const startAt = tripStart(1)
    const { ingest } = startIngest(database)
    // Two boots of a minute each, the second five minutes after the first, and a third that is none of the trip's.
    const first = laneOf(device, 'telematics').sealEvents(60, { fromMs: startAt })
    const second = laneOf(device, 'telematics', { boot: 2, previousHash: first.hash })
    const pieces = [first, second.sealEvents(60, { fromMs: startAt + 360_000 })]
    const third = laneOf(device, 'telematics', { boot: 3, previousHash: pieces[1]!.hash })
    pieces.push(third.sealEvents(60, { fromMs: startAt + 3_000_000 }))
    for (const { message } of pieces) await ingest.take(message)
    await ingest.stop()
    const store = async (boot: number, change: object, { id, vehicleId } = device) => {
      const [, , ended] = driveRecords(1)
      if (ended?.type !== 'trip') throw new Error('a drive ends with its trip')
      const trip = { ...ended.trip, ...change }
      await storeTrips(database.db, { deviceId: id, boot, vehicleId }, [{ type: 'trip', trip }])
      return (await tripPath(database.db, trip.id)).map(({ tS }) => tS)
    }

    it('goes on over a power loss: by number in the boot that told the trip, by time before it', async () => {
      const times = await store(2, { firstSeq: 1, lastSeq: 50, endAt: startAt + 410_000 })
      assert.deepEqual([times.length, times[0], times[59], times[60], times[109]], [110, 1, 60, 361, 410])
    })

    it('goes on over a power loss on which the boots got lower ids, and has nothing of what other boots told later', async () => {
      const again = await addDevice(database.db, 2)
      const ids = [bootId(9, 1), bootId(2, 1), bootId(5, 1)] as const
      const from = [startAt, startAt + 360_000, startAt + 370_000]
      for (const [n, boot] of ids.entries()) {
        const records = Array.from({ length: 60 }, (_, i) => telematicsEvent(i + 1, from[n]))
        await database.db.transaction((tx) => insertTelematics(tx, [{ deviceId: again.id, boot, records }]))
      }
      const times = await store(
        ids[1],
        { firstSeq: 1, lastSeq: 50, endAt: startAt + 410_000, id: 'TRP-00000000000B' },
        again,
      )
      assert.deepEqual([times.length, times[0], times[59], times[60], times[109]], [110, 1, 60, 361, 410])
    })

    it('is that of the earlier boots alone where the trip was closed by a later one', async () => {
      const times = await store(3, { firstSeq: 0, lastSeq: 0, endAt: startAt + 60_000, endReason: 'power_loss' })
      assert.deepEqual([times.length, times[0], times.at(-1)], [60, 1, 60])
    })
  })
}
