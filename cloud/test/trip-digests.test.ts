import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { selectRows } from '../src/db/database.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { driverMonth } from '../src/telematics/driver-month.ts'
import { tripPath } from '../src/trips/path.ts'
import { reassignTrip } from '../src/trips/reassign-trip.ts'
import type { TestDevice } from './devices.ts'
import { createDigestRig, drive, month, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

const minute = 60_000

for (const engine of engines()) {
  describe(`digests of trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await createDigestRig(database)
    const { db, clock, counters, store, recordOf, tell, answers, newDevice, made, workNow } = rig

    /** A device with a trip of ten minutes whose digest was made. */
    const digested = async (): Promise<{ device: TestDevice; trip: TripRecord }> => {
      const device = await newDevice()
      await store(device, drive(900))
      const trip = recordOf(device, 100, 700)
      await tell(device, trip)
      await workNow()
      assert.deepEqual(await made(device), [trip.id])
      return { device, trip }
    }

    it('answer what the seconds answer, without them', async () => {
      const device = await newDevice()
      await ensurePartitions(database, ['2026-05'])
      // Over a point's and a month's edge, and over a power loss.
      const edge = Date.UTC(2026, 5, 1) - 5 * minute
      const edges = recordOf(device, 1, 1300, { startAt: edge + 1000, endAt: edge + 1_300_000 })
      await store(device, drive(1300, edge), { boot: 1 })
      await tell(device, edges)
      const lost = recordOf(device, 2, 400, { startAt: startMs + 1000, endAt: startMs + 1_000_000 })
      await store(device, drive(500), { boot: 2 })
      await store(device, drive(450, startMs + 600_000), { boot: 3 })
      await tell(device, lost, 3)
      const ask = async () => ({
        june: await answers(device.driverId, lost.id),
        may: await answers(device.driverId, edges.id, '2026-05'),
      })
      const before = await ask()
      assert.deepEqual(await made(device), [])
      assert.deepEqual([before.june.path.length, before.may.path.length, before.june.points.length], [450, 434, 2])
      await workNow()
      assert.deepEqual(await made(device), [edges.id, lost.id])
      assert.deepEqual(await ask(), before)
      await rig.loseSeconds(device)
      assert.deepEqual(await driverMonth(db, device.driverId, month), before.june.points)
      assert.deepEqual(await driverMonth(db, device.driverId, '2026-05'), before.may.points)
      assert.deepEqual(await tripPath(db, lost.id), before.june.path)
      assert.deepEqual(await tripPath(db, edges.id), before.may.path)
    })

    it('are made a day and an hour after the end, and not before', async () => {
      const device = await newDevice()
      await store(device, drive(900))
      const trip = recordOf(device, 100, 700)
      await tell(device, trip)
      await rig.lookAtTrips()
      const now = clock.ms
      // An hour passes with each look.
      const look = async (ms: number) => {
        clock.ms = ms
        await db.execute(sql`
          INSERT INTO trip_touches (device_id, boot_id, first_seq, last_seq, due_at)
          VALUES (${device.id}, 1, 1, 900, '2026-01-01')`)
        await rig.lookAtTrips()
        await rig.digest()
        return made(device)
      }
      assert.deepEqual(await look(trip.endAt + 23.9 * 60 * minute), [])
      assert.deepEqual(await look(trip.endAt + 24.1 * 60 * minute), [trip.id])
      clock.ms = now
    })

    it('are not true from the moment on at which late seconds are stored, until they are made anew', async () => {
      const device = await newDevice()
      const seconds = drive(900)
      await store(device, [...seconds.slice(0, 300), ...seconds.slice(500)])
      const trip = recordOf(device, 100, 700)
      await tell(device, trip)
      await workNow()
      const before = await answers(device.driverId, trip.id)
      await store(device, seconds.slice(300, 500))
      const late = await answers(device.driverId, trip.id)
      assert.notDeepEqual(late, before)
      assert.deepEqual(await made(device), [trip.id], 'the one of before is there still')
      await rig.lookAtTrips()
      assert.deepEqual([await made(device), await answers(device.driverId, trip.id)], [[], late])
      await workNow()
      assert.deepEqual([await made(device), await answers(device.driverId, trip.id)], [[trip.id], late])
    })

    it('are not true either where another boot tells of that time, and stay true of another', async () => {
      const { device, trip } = await digested()
      const before = await answers(device.driverId, trip.id)
      await store(device, drive(60, startMs + 600_000), { boot: 7 })
      const late = await answers(device.driverId, trip.id)
      assert.notDeepEqual(late.points, before.points)
      await workNow()
      assert.deepEqual(await answers(device.driverId, trip.id), late)
      await store(device, drive(60, startMs + 3_600_000), { boot: 8 })
      await rig.loseSeconds(device)
      assert.deepEqual(await tripPath(db, trip.id), late.path)
    })

    it('are not true of a trip that was corrected', async () => {
      const { device, trip } = await digested()
      const before = await answers(device.driverId, trip.id)
      await tell(device, recordOf(device, 100, 800, { id: trip.id, startAt: trip.startAt }))
      const corrected = await answers(device.driverId, trip.id)
      assert.equal(corrected.points[0]!.seconds, before.points[0]!.seconds + 100)
      await workNow()
      assert.deepEqual([await made(device), await answers(device.driverId, trip.id)], [[trip.id], corrected])
    })

    it('go to whoever drove, as they are', async () => {
      const [{ device, trip }, friend] = [await digested(), await newDevice()]
      const before = await answers(device.driverId, trip.id)
      await reassignTrip(db, { tripId: trip.id, driverId: friend.driverId, reason: 'lent', by: 'USR-1' })
      assert.deepEqual((await answers(device.driverId, trip.id)).points, [])
      assert.deepEqual(await answers(friend.driverId, trip.id), before)
      await rig.loseSeconds(device)
      assert.deepEqual(await driverMonth(db, friend.driverId, month), before.points)
    })

    it('are passed over where trips overlap or run: a second counts once', async () => {
      const { device, trip } = await digested()
      const { points } = await answers(device.driverId, trip.id)
      const running = recordOf(device, 680, 900)
      await db.transaction((tx) =>
        tx.execute(sql`
          INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, start_at)
          VALUES (${running.id}, ${device.id}, 1, ${device.vehicleId}, ${device.driverId}, ${new Date(running.startAt).toISOString()})`),
      )
      const seconds = async () => (await answers(device.driverId, running.id)).points[0]?.seconds
      // From its first second, which is the 100th, to the last of the boot.
      assert.deepEqual([await seconds(), points[0]?.seconds], [801, 601])
      await tell(device, running)
      await workNow()
      assert.deepEqual((await made(device)).length, 2)
      assert.equal(await seconds(), 801)
    })

    it('of a trip that the cloud found go with it', async () => {
      const device = await newDevice()
      await store(device, drive(900, startMs, { swift: 20 }))
      await workNow()
      await workNow()
      const [found = assert.fail(), ...others] = await made(device)
      assert.deepEqual(others, [])
      assert.notDeepEqual((await answers(device.driverId, found)).path, [])
      await tell(device, recordOf(device, 2, 880))
      const [left] = await selectRows<{ n: number }>(
        db,
        sql`SELECT count(*)::int AS n FROM trip_digests WHERE device_id = ${device.id}`,
      )
      assert.equal(left?.n, 0)
      await workNow()
      assert.deepEqual((await made(device)).includes(recordOf(device, 2, 880).id), true)
    })

    it('are made anew where touched stretches are given up', async () => {
      const { device, trip } = await digested()
      await db.execute(sql`
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`)
      await db.execute(sql`CREATE TRIGGER refuse BEFORE INSERT ON trip_accounts FOR EACH ROW EXECUTE FUNCTION refuse()`)
      await store(device, drive(950).slice(900))
      await store(device, drive(60, startMs + 600_000), { boot: 5 })
      await db.execute(sql`UPDATE trip_touches SET attempts = 37, due_at = '2026-01-01' WHERE device_id = ${device.id}`)
      await db.execute(sql`DELETE FROM trip_accounts WHERE trip_id = ${trip.id}`)
      await rig.lookAtTrips()
      await db.execute(sql`DROP TRIGGER refuse ON trip_accounts`)
      const [left] = await selectRows<{ n: number }>(
        db,
        sql`SELECT count(*)::int AS n FROM trip_touches WHERE device_id = ${device.id} AND from_at IS NOT NULL`,
      )
      assert.equal(left?.n, 0)
      assert.deepEqual(await made(device), [])
      await answers(device.driverId, trip.id)
      await rig.digest()
      assert.deepEqual(await made(device), [trip.id])
      await answers(device.driverId, trip.id)
    })

    it('that cannot be made hold no other up', async () => {
      const devices = [await newDevice(), await newDevice()]
      for (const device of devices) {
        await store(device, drive(900))
        await tell(device, recordOf(device, 100, 700))
      }
      await db.execute(
        sql.raw(`
        CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.path IS NOT NULL AND NEW.device_id = '${devices[0]!.id}' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$`),
      )
      await db.execute(
        sql`CREATE TRIGGER refuse_one BEFORE UPDATE ON trip_digests FOR EACH ROW EXECUTE FUNCTION refuse_one()`,
      )
      await workNow()
      const failures = async () => (await counters.digestFailures.get()).values[0]?.value
      assert.deepEqual(
        [(await made(devices[0]!)).length, (await made(devices[1]!)).length, await failures()],
        [0, 1, 1],
      )
      await rig.digest()
      assert.equal(await failures(), 1, 'it waits')
      await db.execute(sql`DROP TRIGGER refuse_one ON trip_digests`)
      await workNow()
      assert.equal((await made(devices[0]!)).length, 1)
    })

    it('are the same in whatever order, however late and how often everything comes', async () => {
      const seconds = drive(960)
      const batches = Array.from({ length: 8 }, (_, n) => seconds.slice(n * 120, n * 120 + 120))
      const before = drive(120, startMs - 200_000)
      const partsOf = (device: TestDevice) => [
        ...batches.map((batch) => () => store(device, batch, { boot: 2 })),
        () => store(device, before, { boot: 1 }),
        () => tell(device, recordOf(device, 30, 400), 2),
        () => tell(device, recordOf(device, 30, 900), 2),
        () =>
          tell(device, recordOf(device, 20, 910, { id: recordOf(device, 30, 900).id, startAt: startMs - 190_000 }), 2),
      ]
      const outcome = async (device: TestDevice) => {
        for (let n = 0; n < 3; n++) await workNow()
        const { id } = recordOf(device, 30, 900)
        await answers(device.driverId, id)
        return selectRows(
          db,
          sql`SELECT path, to_json(bins) AS bins, due_at FROM trip_digests WHERE device_id = ${device.id} ORDER BY start_at, trip_id`,
        )
      }
      const clean = await newDevice()
      for (const part of partsOf(clean)) await part()
      const expected = await outcome(clean)
      assert.ok(expected.length >= 1 && expected.every(({ due_at }) => due_at === null))
      const count = partsOf(clean).length
      const order = fc.tuple(
        fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
        fc.array(fc.nat(count - 1), { maxLength: 5 }),
        fc.array(fc.nat(count), { maxLength: 4 }),
      )
      await fc.assert(
        fc.asyncProperty(order, async ([shuffled, again, looks]) => {
          const device = await newDevice()
          const parts = partsOf(device)
          for (const [n, part] of [...again, ...shuffled, ...again].entries()) {
            await parts[part]!()
            if (looks.includes(n)) await workNow()
          }
          assert.deepEqual(await outcome(device), expected)
        }),
        { numRuns: 4 },
      )
    })

    const server = engine.name === 'PostgreSQL' ? it : it.skip
    server('are not true where late seconds were under way while they were made', async () => {
      const device = await newDevice()
      const seconds = drive(900)
      await store(device, [...seconds.slice(0, 300), ...seconds.slice(500)])
      const trip = recordOf(device, 100, 700)
      await tell(device, trip)
      await database.transaction(async (tx) => {
        await rig.storeIn(tx, device, seconds.slice(300, 500))
        await workNow()
        assert.deepEqual(await made(device), [trip.id])
      })
      const { points } = await answers(device.driverId, trip.id)
      assert.equal(points[0]?.seconds, 601)
      await workNow()
      assert.deepEqual((await answers(device.driverId, trip.id)).points, points)
    })
  })
}
