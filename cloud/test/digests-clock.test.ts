import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { ensurePartitions, monthOf } from '../src/db/partitions.ts'
import { driverMonth } from '../src/telematics/driver-month.ts'
import type { TestDevice } from './devices.ts'
import { createDigestRig, drive, month, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

const hourMs = 3_600_000
const oddMs = Date.UTC(2025, 0, 1)

for (const engine of engines()) {
  describe(`digests and clocks that are set on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await createDigestRig(database)
    const { db, clock, store, recordOf, tell, answers, newDevice, made, workNow } = rig
    await ensurePartitions(database, ['2025-01', monthOf(clock.ms), monthOf(clock.ms + 72 * hourMs)])
    /** A device with three trips whose digests were made. */
    const digested = async () => {
      const device = await newDevice()
      for (let boot = 1; boot <= 3; boot++) {
        const fromMs = startMs + boot * 6 * hourMs
        await store(device, drive(120, fromMs), { boot })
        const id = tripId(device.id, boot, 1)
        await tell(device, recordOf(device, 1, 100, { id, startAt: fromMs, endAt: fromMs + 100_000 }), boot)
      }
      await workNow()
      const ids = await made(device)
      assert.equal(ids.length, 3)
      return { device, ids }
    }
    const lateOf = (device: TestDevice) =>
      selectRows<{ first: number; last: number; s: number }>(
        db,
        sql`
          SELECT first_seq::int AS first, last_seq::int AS last, extract(epoch FROM to_at - from_at)::int AS s
          FROM trip_touches WHERE device_id = ${device.id} AND from_at IS NOT NULL ORDER BY first_seq`,
      )
    /** Seconds of which the first ones have a wrong clock, which is then set. */
    const setClock = (fromMs: number, oddS: number) =>
      drive(60, fromMs).map((second, n) => (n < oddS ? { ...second, at: oddMs + n * 1000 } : second))

    it('stay true where another boot wakes with a wrong one', async () => {
      const { device, ids } = await digested()
      const before = await answers(device.driverId, ids[0]!)
      await store(device, setClock(clock.ms - 60_000, 3), { boot: 99 })
      assert.deepEqual(await lateOf(device), [{ first: 1, last: 3, s: 2 }])
      await rig.lookAtTrips()
      assert.deepEqual(await made(device), ids)
      await rig.loseSeconds(device)
      assert.deepEqual(await driverMonth(db, device.driverId, month), before.points)
    })

    it('are made anew where what is told after it was set is late too', async () => {
      const { device, ids } = await digested()
      const before = await answers(device.driverId, ids[1]!)
      await store(device, setClock(startMs + 12 * hourMs + 20_000, 3), { boot: 99 })
      assert.deepEqual(
        (await lateOf(device)).map(({ first, last }) => [first, last]),
        [
          [1, 3],
          [4, 60],
        ],
      )
      const late = await answers(device.driverId, ids[1]!)
      assert.notDeepEqual(late.points, before.points)
      await rig.lookAtTrips()
      assert.deepEqual(await made(device), [ids[0], ids[2]])
      await workNow()
      assert.deepEqual([await made(device), await answers(device.driverId, ids[1]!)], [ids, late])
    })

    it('are noted as one stretch by a clock that jumps without an end', async () => {
      const device = await newDevice()
      const wild = drive(60).map((second, n) => ({ ...second, at: startMs + (n % 30) * 600_000 }))
      await store(device, wild, { boot: 5 })
      assert.deepEqual(await lateOf(device), [{ first: 1, last: 60, s: 29 * 600 }])
    })
  })
}
