import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { asc, eq, sql } from 'drizzle-orm'
import { trips } from '../src/db/schema/trips.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { type TestDevice, telematicsEvent } from './devices.ts'
import { createDigestRig, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

/** Seconds of a steady drive, by their numbers. */
const drive = (firstSeq: number, lastSeq: number) =>
  Array.from({ length: lastSeq - firstSeq + 1 }, (_, n) => telematicsEvent(firstSeq + n, startMs))

for (const engine of engines()) {
  describe(`a trip that is found again, on ${engine.name}`, async () => {
    const rig = await createDigestRig(await engine.open())
    const { db } = rig
    const { app, sessions } = createTestApp(db)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const friend = await rig.newDevice()

    const tripsOf = ({ id }: TestDevice) =>
      db.select().from(trips).where(eq(trips.deviceId, id)).orderBy(asc(trips.startAt))
    /** From and to which second each trip is, whose, and whether a person said so. */
    const saidOf = async (device: TestDevice) =>
      (await tripsOf(device)).map(({ firstSeq, lastSeq, driverId, assigned }) => [
        ...[firstSeq, lastSeq],
        driverId === device.driverId ? 'own' : driverId,
        assigned,
      ])
    const kmOf = async (device: TestDevice) =>
      (await tripsOf(device)).reduce((sum, { statistics }) => sum + (statistics?.distanceM ?? 0) / 1000, 0)
    /** A car whose drive was found, and of which a person said who drove. */
    const found = async (firstSeq: number, lastSeq: number, driverId: string | null) => {
      const device = await rig.newDevice()
      await rig.store(device, drive(firstSeq, lastSeq))
      await rig.workNow()
      const [trip = assert.fail('nothing was found'), ...others] = await tripsOf(device)
      assert.deepEqual(others, [])
      const { status } = await admin('POST', `/api/v1/trips/${trip.id}/driver`, { driverId, reason: 'lent' })
      assert.equal(status, 200)
      return { device, trip }
    }
    const late = async (device: TestDevice, firstSeq: number, lastSeq: number) => {
      await rig.store(device, drive(firstSeq, lastSeq))
      await rig.workNow()
    }
    /** The car tells the start of a drive, and no more. */
    const started = async ({ id: deviceId, vehicleId }: TestDevice) => {
      const told = { tripId: tripId(deviceId, 1, 2), startAt: startMs + 1_000, lat: null, lon: null }
      await db.transaction((tx) =>
        storeTrips(tx, { deviceId, boot: 1, vehicleId }, [{ type: 'trip_started', ...told }]),
      )
      return told.tripId
    }

    it('stays whose a person said where its beginning comes late, and it gets another id', async () => {
      for (const driverId of [friend.driverId, null]) {
        const { device, trip } = await found(121, 900, driverId)
        await late(device, 1, 120)
        assert.deepEqual(await saidOf(device), [[1, 900, driverId, true]])
        assert.notEqual((await tripsOf(device))[0]?.id, trip.id)
      }
    })

    it('is not whose a person said of a short part', async () => {
      const { device } = await found(1, 200, friend.driverId)
      await late(device, 201, 900)
      assert.deepEqual(await saidOf(device), [[1, 900, 'own', false]])
    })

    it('stays whose a person said where the car tells its start late', async () => {
      const { device } = await found(1, 600, friend.driverId)
      const id = await started(device)
      await rig.workNow()
      assert.deepEqual(await saidOf(device), [[1, 600, friend.driverId, true]])
      assert.equal((await tripsOf(device))[0]?.id, id)
    })

    it('keeps the id that the car gave where a record of another trip covers a part', async () => {
      const device = await rig.newDevice()
      const id = await started(device)
      await late(device, 1, 900)
      const record = rig.recordOf(device, 1, 300)
      await rig.tell(device, record)
      const idsOf = async () => (await tripsOf(device)).map((trip) => [trip.id, trip.firstSeq, trip.lastSeq])
      const expected = [
        [record.id, 1, 300],
        [id, 301, 900],
      ]
      assert.deepEqual(await idsOf(), expected)
      await rig.workNow()
      assert.deepEqual(await idsOf(), expected)
    })

    it('stays whose a person said where a record of the car covers a short part', async () => {
      const { device } = await found(1, 900, friend.driverId)
      await rig.tell(device, rig.recordOf(device, 1, 300))
      const expected = [
        [1, 300, friend.driverId, true],
        [301, 900, friend.driverId, true],
      ]
      assert.deepEqual(await saidOf(device), expected)
      await rig.workNow()
      assert.deepEqual(await saidOf(device), expected)
    })

    it('keeps its kilometres where its seconds are in an archive by the time a record of a part comes', async () => {
      const { device } = await found(1, 900, null)
      const km = await kmOf(device)
      await db.execute(sql`INSERT INTO telematics_archives (month, part, file, row_count, content_hash, file_hash, size_bytes, written_at)
        VALUES ('2026-06', 1, 'f', 1, 'c', 'f', 1, now())`)
      await rig.loseSeconds(device)
      const statistics = statisticsExample({ km: 4, gradable: 1, temper: 0.2, events: [] })
      for (let n = 0; n < 2; n++) {
        await rig.tell(device, rig.recordOf(device, 301, 600, { statistics }))
        await rig.workNow()
        assert.deepEqual(await saidOf(device), [
          [1, 300, null, true],
          [301, 600, null, true],
          [601, 900, null, true],
        ])
        assert.ok(Math.abs((await kmOf(device)) - km) < 0.001, `${await kmOf(device)} of ${km}`)
      }
      await db.execute(sql`DELETE FROM telematics_archives`)
    })
  })
}
