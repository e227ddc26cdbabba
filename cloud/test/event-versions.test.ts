import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { asc, eq } from 'drizzle-orm'
import { drivingEventVersions } from '../src/db/schema/trip-records.ts'
import { drivingEvents } from '../src/db/schema/trips.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`records of one event on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0

    function braking({ driverId }: TestDevice, changes: Partial<DrivingEvent> = {}): TripsRecord {
      const record = driveRecords(1).find(({ type }) => type === 'event')
      if (record?.type !== 'event') return assert.fail()
      return { type: 'event', event: { ...record.event, id: `EVT-${driverId}`, tripId: `TRP-${driverId}`, ...changes } }
    }
    /** Sends records, a batch each in the order of their lane, as they are told. */
    async function send(device: TestDevice, records: readonly TripsRecord[], order = records.map((_, n) => n)) {
      const { ingest } = startIngest(database)
      const lane = laneOf(device, 'trips')
      const messages = records.map((record) => lane.seal([record]).message)
      for (const n of order) await ingest.take(messages[n]!)
      await ingest.stop()
    }
    const counts = async ({ driverId }: TestDevice) => {
      const [row = assert.fail('no event')] = await db
        .select()
        .from(drivingEvents)
        .where(eq(drivingEvents.id, `EVT-${driverId}`))
      return [row.seq, row.peak, row.grade]
    }
    const versionsOf = ({ driverId }: TestDevice) => {
      const { seq, eventId } = drivingEventVersions
      return db
        .select()
        .from(drivingEventVersions)
        .where(eq(eventId, `EVT-${driverId}`))
        .orderBy(asc(seq))
    }
    const kept = async (device: TestDevice) =>
      (await versionsOf(device)).map(({ seq, event }) => [seq, event.peak, event.grade])

    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ])
      it(`counts what its highest number says and keeps the others, told as ${order.join(', ')}`, async () => {
        const device = await addDevice(db, ++devices)
        const told = [
          braking(device),
          braking(device, { peak: 9, grade: 'B' }),
          braking(device, { peak: 6, trace: null }),
        ]
        await send(device, told, order)
        assert.deepEqual(await counts(device), [3, 6, 'A'])
        assert.deepEqual(await kept(device), [
          [1, 4.2, 'A'],
          [2, 9, 'B'],
        ])
        // As it was told, to the last point of its trace.
        assert.deepEqual({ type: 'event', event: (await versionsOf(device))[0]?.event }, told[0])
      })

    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [2, 1, 0],
    ])
      it(`is what it was last where it is what it was first, told as ${order.join(', ')}`, async () => {
        const device = await addDevice(db, ++devices)
        await send(device, [braking(device), braking(device, { peak: 9 }), braking(device)], order)
        assert.deepEqual(await counts(device), [3, 4.2, 'A'])
        assert.deepEqual(await kept(device), [[2, 9, 'A']])
      })

    for (const order of [
      [0, 1, 2, 3],
      [3, 0, 1, 2],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [2, 1, 3, 0],
    ])
      it(`keeps each thing that was said once, by its highest number, told as ${order.join(', ')}`, async () => {
        const device = await addDevice(db, ++devices)
        await send(
          device,
          [4.2, 9, 4.2, 6].map((peak) => braking(device, { peak })),
          order,
        )
        assert.deepEqual(await counts(device), [4, 6, 'A'])
        assert.deepEqual(await kept(device), [
          [2, 9, 'A'],
          [3, 4.2, 'A'],
        ])
      })

    it('keeps nothing where each says the same', async () => {
      const device = await addDevice(db, ++devices)
      await send(device, [braking(device), braking(device)])
      assert.deepEqual([await counts(device), await kept(device)], [[2, 4.2, 'A'], []])
    })
  })
}
