import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openBatchByColumn } from '@fairmile/contract/batch.ts'
import { proofsOf } from '@fairmile/contract/chain.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { asc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { CopyRefusedError } from '../src/db/copy.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { eventsOf, insertTelematics } from '../src/ingest/telematics.ts'
import { copyTelematics, type TelematicsColumns } from '../src/ingest/telematics-copy.ts'
import { addDevice, laneOf, type TestDevice, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

const between = (min: number, max: number, scale: number) =>
  fc.option(fc.integer({ min: min * scale, max: max * scale }).map((step) => step / scale))
const values = fc.record({
  lat: between(-90, 90, 1e6),
  lon: between(-180, 180, 1e6),
  altM: between(-500, 9000, 10),
  speedMps: between(0, 150, 100),
  headingDeg: between(0, 359, 10),
  hdop: between(0, 100, 10),
  aLongMin: between(-160, 160, 100),
  aLongMax: between(-160, 160, 100),
  aLatMin: between(-160, 160, 100),
  aLatMax: between(-160, 160, 100),
  aVertRms: between(0, 160, 100),
  yawRateMax: between(-40, 40, 1000),
  limitKmh: between(1, 300, 1),
  liveRisk: between(0, 100, 10),
  quality: fc.integer({ min: 0, max: 255 }),
})
const drawn = fc.sample(fc.tuple(values, fc.integer({ min: 0, max: 999 })), { seed: 1, numRuns: 200 })
const events = drawn.map(
  ([event, ms], i): TelematicsEvent => ({ ...telematicsEvent(i + 1), ...event, at: telematicsEvent(i + 1).at + ms }),
)

async function columnsOf(device: TestDevice): Promise<TelematicsColumns> {
  const { bytes } = laneOf(device, 'telematics', { boot: 2 ** 40 }).seal(events)
  const batch = await openBatchByColumn(bytes, { proves: proofsOf(device.keys.publicKey) })
  assert.ok('columns' in batch)
  return batch
}

for (const engine of engines()) {
  describe(`copyTelematics on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await ensurePartitions(database, ['2026-06'])
    const rowsOf = async (device: TestDevice) => {
      const of = eq(telematicsEvents.deviceId, device.id)
      const rows = await db.select().from(telematicsEvents).where(of).orderBy(asc(telematicsEvents.seq))
      return rows.map(({ deviceId: _, ...row }) => row)
    }

    it('stores to the last bit what single inserts store', async () => {
      const [copied, inserted] = [await addDevice(db, 1), await addDevice(db, 2)]
      const batch = await columnsOf(copied)
      await database.transaction((_tx, copy) => copyTelematics(copy, [batch]))
      const records = eventsOf(batch)
      await insertTelematics(db, [{ deviceId: inserted.id, boot: batch.boot, records }])
      const rows = await rowsOf(copied)
      assert.equal(rows.length, events.length)
      assert.deepEqual(rows, await rowsOf(inserted))
      const { seq, at, ...first } = events[0]!
      assert.deepEqual(rows[0], { bootId: 2 ** 40, seq, at: new Date(at), ...first })
    })

    it('leaves nothing where one row is there, and says so', async () => {
      const device = await addDevice(db, 3)
      const batch = await columnsOf(device)
      await insertTelematics(db, [{ deviceId: device.id, boot: batch.boot, records: [events.at(-1)!] }])
      const copying = database.transaction((_tx, copy) => copyTelematics(copy, [batch]))
      await assert.rejects(copying, CopyRefusedError)
      assert.equal((await rowsOf(device)).length, 1)
    })

    it('ingest goes past a row that is there, batch by batch', async () => {
      const device = await addDevice(db, 4)
      const lane = laneOf(device, 'telematics')
      const batches = [lane.sealEvents(5), lane.sealEvents(5), lane.sealEvents(5), lane.sealEvents(5)]
      await insertTelematics(db, [{ deviceId: device.id, boot: 1, records: [telematicsEvent(17)] }])
      const { ingest, acks } = startIngest(database)
      await Promise.all(batches.map(({ message }) => ingest.take(message)))
      await ingest.stop()
      assert.equal(acks.at(-1)?.ack.upTo, 20)
      assert.deepEqual(
        (await rowsOf(device)).map(({ seq }) => seq),
        Array.from({ length: 20 }, (_, i) => i + 1),
      )
    })
  })
}
