import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { asc, eq } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { tripVersions } from '../src/db/schema/trip-records.ts'
import { trips } from '../src/db/schema/trips.ts'
import { qualityReport } from '../src/reports/data-quality.ts'
import { recentTrips, tripsOfPolicy } from '../src/trips/ended-trips.ts'
import { reassignTrip } from '../src/trips/reassign-trip.ts'
import { addUser } from './api-rig.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

const minuteMs = 60_000

for (const engine of engines()) {
  describe(`trips of one box at the same time on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    const idOf = ({ id }: TestDevice, n: number) => tripId(id, 1, n)

    /** The n-th trip of a device, an hour from so many minutes after noon on. */
    function trip(device: TestDevice, n: number, fromMin: number, lastsMin = 60): TripsRecord {
      const record = driveRecords(1).at(-1)
      if (record?.type !== 'trip') return assert.fail()
      const startAt = tripStart(1) + fromMin * minuteMs
      const times = { startAt, endAt: startAt + lastsMin * minuteMs, firstSeq: n * 10_000, lastSeq: n * 10_000 + 3_600 }
      return { type: 'trip', trip: { ...record.trip, ...times, id: idOf(device, n) } }
    }
    const lanes = new Map<string, ReturnType<typeof laneOf<'trips'>>>()
    /** Sends the next batches of a lane, in its order or as they are told. */
    async function send(device: TestDevice, records: readonly TripsRecord[], order = records.map((_, n) => n)) {
      const { ingest } = startIngest(database)
      const lane = lanes.get(device.id) ?? laneOf(device, 'trips')
      lanes.set(device.id, lane)
      const messages = records.map((record) => lane.seal([record]).message)
      for (const n of order) await ingest.take(messages[n]!)
      await ingest.stop()
    }
    const standing = async (device: TestDevice) =>
      (await db.select().from(trips).where(eq(trips.deviceId, device.id)).orderBy(asc(trips.firstSeq))).map(
        ({ id, driverId, policyId, overlapsId, cause }) => ({ id, driverId, policyId, overlapsId, cause }),
      )
    const counted = async ({ driverId, policyId }: TestDevice) => {
      const driven = await recentTrips(db, { driverId, days: 30 })
      const paid = await tripsOfPolicy(db, policyId)
      assert.deepEqual(driven, paid)
      return paid.map(({ id }) => id)
    }

    for (const [how, order] of [
      ['in the order of their numbers', [0, 1]],
      ['the other way round', [1, 0]],
    ] as const)
      it(`count once, by the trip that comes first by identity, told ${how}`, async () => {
        const device = await newDevice()
        await send(device, [trip(device, 1, 0), trip(device, 2, 30)], [...order])
        const [first, second] = await standing(device)
        const { driverId, policyId } = device
        assert.partialDeepStrictEqual(first, { driverId, policyId, overlapsId: null, cause: 'recorded' })
        assert.partialDeepStrictEqual(second, {
          driverId: null,
          policyId: null,
          overlapsId: idOf(device, 1),
          cause: 'overlap',
        })
        assert.deepEqual(await counted(device), [idOf(device, 1)])
        // What it was stays on record.
        const kept = await db
          .select()
          .from(tripVersions)
          .where(eq(tripVersions.tripId, idOf(device, 2)))
        assert.deepEqual(
          kept.map((version) => [version.driverId, version.policyId, version.cause]),
          [[driverId, policyId, 'recorded']],
        )
        const told = await db
          .select({ data: domainEvents.data })
          .from(domainEvents)
          .where(eq(domainEvents.subject, driverId))
        const versions = told.map(({ data }) => data as { tripId: string; version: number })
        assert.ok(versions.some(({ tripId: of, version }) => of === idOf(device, 2) && version === 2))
      })

    it('are told of once more without a change', async () => {
      const device = await newDevice()
      const records = [trip(device, 1, 0), trip(device, 2, 30)]
      await send(device, records)
      const before = await standing(device)
      await send(device, [...records, ...records])
      assert.deepEqual(
        (await standing(device)).map(({ driverId }) => driverId),
        before.map(({ driverId }) => driverId),
      )
      assert.deepEqual(await counted(device), [idOf(device, 1)])
    })

    it('count both once a newer record says that they are apart, and where they share seconds alone', async () => {
      const device = await newDevice()
      await send(device, [trip(device, 1, 0, 90), trip(device, 2, 60, 90)])
      assert.deepEqual(await counted(device), [idOf(device, 1)])
      const { ingest } = startIngest(database)
      await ingest.take(laneOf(device, 'trips', { boot: 2 }).seal([trip(device, 1, 0, 60.25)]).message)
      await ingest.stop()
      const [first, second] = await standing(device)
      assert.deepEqual([first?.cause, first?.overlapsId], ['corrected', null])
      assert.partialDeepStrictEqual(second, { driverId: device.driverId, policyId: device.policyId, overlapsId: null })
      assert.deepEqual(await counted(device), [idOf(device, 1), idOf(device, 2)])
    })

    it('are settled by whole batches too, and leave trips of other boxes alone', async () => {
      const [device, other] = [await newDevice(), await newDevice()]
      await send(other, [trip(other, 1, 30)])
      const { ingest } = startIngest(database)
      const three = [trip(device, 3, 100), trip(device, 1, 0), trip(device, 2, 50)]
      await ingest.take(laneOf(device, 'trips').seal(three).message)
      await ingest.stop()
      assert.deepEqual(
        (await standing(device)).map(({ overlapsId }) => overlapsId),
        [null, idOf(device, 1), idOf(device, 2)],
      )
      assert.deepEqual(await counted(device), [idOf(device, 1)])
      assert.deepEqual(await counted(other), [idOf(other, 1)])
    })

    for (const [which, n, at] of [
      ['it', 2, 30],
      ['the one at its time', 1, 0],
      ['another of those days', 3, 200],
    ] as const)
      it(`are settled anew once ${which} is told, where a release without overlaps gave one its driver again`, async () => {
        const device = await newDevice()
        await send(device, [trip(device, 1, 0), trip(device, 2, 30), trip(device, 3, 200)])
        const { driverId, policyId } = device
        // It stored a newer record, of a later boot.
        const stored = { driverId, policyId, bootId: 2, version: 3, versions: 3, cause: 'corrected' } as const
        await db
          .update(trips)
          .set(stored)
          .where(eq(trips.id, idOf(device, 2)))
        await send(device, [trip(device, n, at)])
        assert.partialDeepStrictEqual((await standing(device))[1], {
          driverId: null,
          policyId: null,
          overlapsId: idOf(device, 1),
        })
        assert.deepEqual(await counted(device), [idOf(device, 1), idOf(device, 3)])
      })

    it('stay whose a person says, and are in the report of the month', async () => {
      const device = await newDevice()
      const report = async () => {
        const { tables } = await qualityReport(db, '2026-06')
        const rows = tables[0]?.rows as [string, number][]
        const told = /^Kilometres$|^Kilometres that could not|^Trips that count for nobody|^Kilometres of these/
        return rows.filter(([figure]) => told.test(figure)).map(([, value]) => value)
      }
      const [km, unjudged, count, overlappingKm] = (await report()) as [number, number, number, number]
      await send(device, [trip(device, 1, 0), trip(device, 2, 30)])
      assert.deepEqual(await report(), [km + 60, unjudged + 1, count + 1, overlappingKm + 60])
      const { id: by } = await addUser(db, `admin-${engine.name}@example.org`)
      const said = { tripId: idOf(device, 2), driverId: device.driverId, reason: 'two boxes were swapped', by }
      assert.equal(await reassignTrip(db, said), true)
      await send(device, [trip(device, 1, 0, 61)])
      assert.deepEqual(await counted(device), [idOf(device, 1), idOf(device, 2)])
      assert.deepEqual(await report(), [km + 120, unjudged + 2, count, overlappingKm])
    })
  })
}
