import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { eq, sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { trips } from '../src/db/schema/trips.ts'
import { reassignTrip } from '../src/trips/reassign-trip.ts'
import { settleOverlaps } from '../src/trips/settle-overlaps.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { lockTrip } from '../src/trips/trip-versions.ts'
import { addUser } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

for (const engine of engines().filter(({ name }) => name === 'PostgreSQL')) {
  describe(`a trip that is told while somebody says who drove another at its time on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { id: by } = await addUser(db, 'admin@example.org')
    let devices = 0

    const trip = (id: string, firstSeq: number, startAt: number): TripsRecord => {
      const record = driveRecords(1).at(-1)
      if (record?.type !== 'trip') return assert.fail()
      return {
        type: 'trip',
        trip: { ...record.trip, id, startAt, endAt: startAt + 3_600_000, firstSeq, lastSeq: firstSeq + 9 },
      }
    }
    /** Ends when a session of the database waits for another's transaction. */
    const someoneWaits = async () => {
      const asked = sql`SELECT pid FROM pg_stat_activity WHERE wait_event = 'transactionid' AND datname = current_database()`
      for (let waiting = 0; waiting === 0; ) waiting = (await selectRows<{ pid: number }>(db, asked)).length
    }

    for (const [who, driverOf] of [
      ['its driver', (driverId: string) => driverId],
      ['nobody', () => null],
    ] as const)
      it(`waits, and leaves the word of a person on it (${who}) as it is`, async () => {
        const { id: deviceId, vehicleId, driverId } = await addDevice(db, ++devices)
        const source = { deviceId, boot: 1, vehicleId }
        const [first, second] = [`TRP-A-${devices}`, `TRP-B-${devices}`]
        await db.transaction((tx) => storeTrips(tx, source, [trip(second, 5_000, tripStart(3) + 1_800_000)]))
        const { storing } = await db.transaction(async (tx) => {
          await lockTrip(tx, second)
          const storing = db.transaction((other) => storeTrips(other, source, [trip(first, 1, tripStart(3))]))
          await someoneWaits()
          await reassignTrip(tx, { tripId: second, driverId: driverOf(driverId), reason: 'an admin knows', by })
          return { storing }
        })
        await storing
        const [row] = await db.select().from(trips).where(eq(trips.id, second))
        assert.deepEqual([row?.driverId, row?.assigned, row?.cause], [driverOf(driverId), true, 'reassigned'])
      })

    it('is settled with others in the order of their ids, as every batch takes them', async () => {
      const { id: deviceId, vehicleId } = await addDevice(db, ++devices)
      const source = { deviceId, boot: 1, vehicleId }
      // By identity they come the other way round.
      const [first, low, high] = [`TRP-A-${devices}`, `TRP-B-${devices}`, `TRP-C-${devices}`]
      const [start, hourMs] = [tripStart(3), 3_600_000]
      const told = [trip(first, 1, start), trip(high, 5_000, start + 2 * hourMs), trip(low, 9_000, start + 4 * hourMs)]
      await db.transaction((tx) => storeTrips(tx, source, told))
      await db
        .update(trips)
        .set({ endAt: new Date(start + 5 * hourMs) })
        .where(eq(trips.id, first))
      const { settling } = await db.transaction(async (tx) => {
        await lockTrip(tx, low)
        const settling = db.transaction((other) => settleOverlaps(other, { deviceId }, [first]))
        await someoneWaits()
        await lockTrip(tx, high)
        return { settling }
      })
      await settling
      assert.equal(await db.$count(trips, eq(trips.overlapsId, first)), 2)
    })
  })
}
