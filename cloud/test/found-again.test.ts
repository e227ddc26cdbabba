import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import { asc, eq } from 'drizzle-orm'
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
      const { id: deviceId, vehicleId } = device
      const told = { tripId: tripId(deviceId, 1, 1), startAt: startMs + 1_000, lat: null, lon: null }
      await db.transaction((tx) =>
        storeTrips(tx, { deviceId, boot: 1, vehicleId }, [{ type: 'trip_started', ...told }]),
      )
      await rig.workNow()
      assert.deepEqual(await saidOf(device), [[1, 600, friend.driverId, true]])
      assert.equal((await tripsOf(device))[0]?.id, told.tripId)
    })
  })
}
