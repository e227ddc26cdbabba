import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Ack } from '@fairmile/contract/records.ts'
import { asc, eq } from 'drizzle-orm'
import type { BrokerMessage } from '../src/broker/broker.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { deviceBatches, deviceLanes } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { maxAhead } from '../src/ingest/acks.ts'
import { addDevice, laneOf, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

/** Sends messages, waits until all of them are dealt with, and gives the acks. */
async function send(database: OpenDatabase, messages: BrokerMessage[]): Promise<Ack[]> {
  const { ingest, acks } = startIngest(database)
  for (const message of messages) await ingest.take(message)
  await ingest.stop()
  return acks.map(({ ack }) => ack)
}

const seqsOf = async ({ db }: OpenDatabase, deviceId: string): Promise<number[]> => {
  const rows = await db
    .select({ seq: telematicsEvents.seq })
    .from(telematicsEvents)
    .where(eq(telematicsEvents.deviceId, deviceId))
    .orderBy(asc(telematicsEvents.seq))
  return rows.map(({ seq }) => seq)
}

for (const engine of engines()) {
  describe(`ingest on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)

    it('stores a batch with its values and acks it', async () => {
      const device = await newDevice()
      const batch = laneOf(device, 'telematics').sealEvents(60)
      assert.deepEqual(await send(database, [batch.message]), [{ boot: 1, lane: 'telematics', upTo: 60, rejected: [] }])
      const [row] = await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id)).limit(1)
      const { seq, at, ...values } = telematicsEvent(1)
      assert.deepEqual(row, { deviceId: device.id, bootId: 1, seq, at: new Date(at), ...values })
      assert.equal((await seqsOf(database, device.id)).length, 60)
    })

    it('acks a batch that comes again and stores nothing twice', async () => {
      const device = await newDevice()
      const { message } = laneOf(device, 'telematics').sealEvents(10)
      await send(database, [message, message])
      assert.deepEqual(await send(database, [message]), [{ boot: 1, lane: 'telematics', upTo: 10, rejected: [] }])
      assert.deepEqual(await seqsOf(database, device.id), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      const [batch] = await db.select().from(deviceBatches).where(eq(deviceBatches.deviceId, device.id))
      assert.equal(batch?.resent, 2)
    })

    it('acks nothing behind a hole until what is missing comes', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, second, third] = [lane.sealEvents(5), lane.sealEvents(5), lane.sealEvents(5)]
      assert.equal((await send(database, [first.message, third.message])).at(-1)?.upTo, 5)
      assert.equal((await send(database, [second.message])).at(-1)?.upTo, 15)
      assert.equal((await seqsOf(database, device.id)).length, 15)
      const gaps = await db
        .select({ gap: deviceBatches.gap })
        .from(deviceBatches)
        .where(eq(deviceBatches.deviceId, device.id))
      assert.deepEqual(gaps, [{ gap: false }, { gap: false }, { gap: false }])
    })

    it('stores a hole that comes again together with what was behind it', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, second, third, fourth] = [1, 2, 3, 4].map(() => lane.sealEvents(5))
      await send(database, [first!.message, fourth!.message])
      const again = [second!, third!, fourth!].map(({ message }) => message)
      const { ingest, acks } = startIngest(database)
      await Promise.all(again.map((message) => ingest.take(message)))
      await ingest.stop()
      assert.equal(acks.at(-1)?.ack.upTo, 20)
      assert.equal((await seqsOf(database, device.id)).length, 20)
    })

    it('gives a hole up when the device goes on without it, and keeps the gap on record', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const first = lane.sealEvents(5)
      lane.sealEvents(5)
      const { message } = lane.sealEvents(5)
      const acks = await send(database, [first.message, message])
      assert.equal(acks.at(-1)?.upTo, 5)
      for (let again = 1; again < 5; again++) assert.equal((await send(database, [message])).at(-1)?.upTo, 5)
      assert.equal((await send(database, [message])).at(-1)?.upTo, 15)
      const [progress] = await db.select().from(deviceLanes).where(eq(deviceLanes.deviceId, device.id))
      assert.deepEqual([progress?.ackedSeq, progress?.missing], [15, 5])
      const open = await db
        .select({ firstSeq: deviceBatches.firstSeq, gap: deviceBatches.gap })
        .from(deviceBatches)
        .where(eq(deviceBatches.deviceId, device.id))
        .orderBy(asc(deviceBatches.firstSeq))
      assert.deepEqual(open, [
        { firstSeq: 1, gap: false },
        { firstSeq: 11, gap: true },
      ])
    })

    it('goes over a long row of waiting batches in bounded steps, a step a message', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [hole, last] = [lane.sealEvents(1), maxAhead + 10]
      const key = { deviceId: device.id, lane: 'telematics', bootId: 1, gap: false }
      const waiting = Array.from({ length: last - 1 }, (_, i) => ({ firstSeq: i + 2, hash: Buffer.from(`batch ${i}`) }))
      await db.insert(deviceBatches).values(waiting.map((row) => ({ ...key, ...row, lastSeq: row.firstSeq })))
      assert.equal((await send(database, [hole.message])).at(-1)?.upTo, maxAhead)
      assert.equal((await send(database, [hole.message])).at(-1)?.upTo, last)
    })

    it('follows the chain over a boot, and acks each boot by itself', async () => {
      const device = await newDevice()
      const before = laneOf(device, 'telematics', { boot: 1 }).sealEvents(5)
      const after = laneOf(device, 'telematics', { boot: 2, previousHash: before.hash }).sealEvents(7)
      assert.deepEqual(await send(database, [before.message, after.message]), [
        { boot: 1, lane: 'telematics', upTo: 5, rejected: [] },
        { boot: 2, lane: 'telematics', upTo: 7, rejected: [] },
      ])
      const gaps = await db
        .select({ gap: deviceBatches.gap })
        .from(deviceBatches)
        .where(eq(deviceBatches.deviceId, device.id))
      assert.deepEqual(gaps, [{ gap: false }, { gap: false }])
    })

    it('stores a batch over the end of a month in both partitions', async () => {
      const device = await newDevice()
      const { message } = laneOf(device, 'telematics').sealEvents(20, { fromMs: Date.UTC(2026, 3, 30, 23, 59, 50) })
      assert.equal((await send(database, [message])).at(-1)?.upTo, 20)
      assert.equal((await seqsOf(database, device.id)).length, 20)
    })

    it('keeps the messages of many devices apart in one transaction', async () => {
      const [one, two] = [await newDevice(), await newDevice()]
      const lanes = [laneOf(one, 'telematics'), laneOf(two, 'telematics')]
      const messages = Array.from({ length: 80 }, (_, i) => lanes[i % 2]?.sealEvents(3).message).filter(
        (m) => m !== undefined,
      )
      await send(database, messages)
      assert.equal((await seqsOf(database, one.id)).length, 120)
      assert.equal((await seqsOf(database, two.id)).length, 120)
    })
  })
}
