import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { maxBatchBytes } from '@fairmile/contract/envelope.ts'
import { logTopic, streams } from '@fairmile/contract/topics.ts'
import { eq, isNull } from 'drizzle-orm'
import type { BrokerMessage } from '../src/broker/broker.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { listDeadLetters } from '../src/dead-letters/read.ts'
import { revokeDevice } from '../src/devices/revoke-device.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

/** A batch with one byte changed. */
function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}

interface Case {
  reason: string
  why: string
  /** Whether the sequence numbers can be read, so that it is acked as rejected. */
  acked: boolean
  message: (device: TestDevice, other: TestDevice) => BrokerMessage
}

const batchOf = (device: TestDevice) => laneOf(device, 'telematics').sealEvents(5)
const onLog = (device: TestDevice, payload: Buffer): BrokerMessage => ({
  topic: logTopic(device.id, 'telematics'),
  payload,
})

const cases: Case[] = [
  {
    reason: 'not_single_object',
    why: 'garbage',
    acked: false,
    message: (device) => onLog(device, Buffer.from('not Avro at all')),
  },
  { reason: 'not_single_object', why: 'nothing', acked: false, message: (device) => onLog(device, Buffer.alloc(0)) },
  {
    reason: 'unknown_schema',
    why: 'a fingerprint of no schema',
    acked: false,
    message: (device) => onLog(device, changed(batchOf(device).bytes, 4)),
  },
  {
    reason: 'malformed',
    why: 'a cut batch',
    acked: false,
    message: (device) => onLog(device, batchOf(device).bytes.subarray(0, 60)),
  },
  {
    reason: 'too_large',
    why: 'more than a batch may be',
    acked: false,
    message: (device) => onLog(device, Buffer.alloc(maxBatchBytes + 1)),
  },
  {
    reason: 'bad_signature',
    why: 'a changed batch',
    acked: true,
    message: (device) => onLog(device, changed(batchOf(device).bytes, batchOf(device).bytes.length - 1)),
  },
  {
    reason: 'bad_signature',
    why: 'another key',
    acked: true,
    message: (device) => onLog(device, batchOf({ ...device, keys: generateKeyPair() }).bytes),
  },
  {
    reason: 'foreign',
    why: 'another device’s batch',
    acked: true,
    message: (device, other) => onLog(device, batchOf(other).bytes),
  },
  {
    reason: 'foreign',
    why: 'another lane’s batch',
    acked: true,
    message: (device) => ({ topic: logTopic(device.id, 'urgent'), payload: batchOf(device).bytes }),
  },
  {
    reason: 'out_of_range',
    why: 'a time before 2000',
    acked: true,
    message: (device) => laneOf(device, 'telematics').sealEvents(5, { fromMs: Date.UTC(1999, 0, 1) }).message,
  },
  {
    reason: 'out_of_range',
    why: 'a time far ahead',
    acked: true,
    message: (device) => laneOf(device, 'telematics').sealEvents(5, { fromMs: Date.UTC(2027, 0, 1) }).message,
  },
  {
    reason: 'bad_message',
    why: 'a state that is no JSON',
    acked: false,
    message: (device) => ({ topic: streams.state.topic(device.id), payload: Buffer.from('{"online":') }),
  },
  {
    reason: 'bad_message',
    why: 'a live state with a wrong field',
    acked: false,
    message: (device) => ({ topic: streams.live.topic(device.id), payload: Buffer.from('{"at":"noon"}') }),
  },
  {
    reason: 'unknown_topic',
    why: 'a topic of no stream',
    acked: false,
    message: (device) => ({ topic: `fairmile/v1/${device.id}/up/log/gossip`, payload: batchOf(device).bytes }),
  },
]

for (const engine of engines()) {
  describe(`dead letters on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const other = await addDevice(db, 1)
    let devices = 1

    for (const { reason, why, acked, message } of cases)
      it(`keeps ${why} as ${reason}${acked ? ' and acks it as rejected' : ''}`, async () => {
        const device = await addDevice(db, ++devices)
        const { ingest, acks } = startIngest(database)
        const sent = message(device, other)
        const good = laneOf(device, 'trips').seal([
          { type: 'trip_started', tripId: `TRP-${devices}`, startAt: 0, lat: null, lon: null },
        ])
        await ingest.take(sent)
        await ingest.take(good.message)
        await ingest.stop()

        const letters = await db.select().from(deadLetters).where(eq(deadLetters.topic, sent.topic))
        assert.deepEqual(
          letters.map((letter) => letter.reason),
          [reason],
        )
        assert.deepEqual(letters[0]?.payload, reason === 'too_large' ? null : sent.payload)
        assert.equal(letters[0]?.sizeBytes, sent.payload.length)
        // What nobody signed makes room for others.
        assert.equal(letters[0]?.acked, acked && reason !== 'bad_signature' && reason !== 'foreign')
        const rejected = acks.flatMap(({ ack }) => ack.rejected)
        assert.deepEqual(rejected, acked ? [{ firstSeq: 1, lastSeq: 5, reason }] : [])
        assert.ok(
          acks.some(({ ack }) => ack.lane === 'trips' && ack.upTo === 1),
          'what is good goes on',
        )
        assert.deepEqual(await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id)), [])
      })

    it('keeps what names no device of ours, and acks nobody', async () => {
      const { ingest, acks } = startIngest(database)
      await ingest.take({ topic: logTopic('DEV-NOBODY', 'telematics'), payload: batchOf(other).bytes })
      await ingest.take({ topic: 'garbage', payload: Buffer.from('x') })
      await ingest.stop()
      const [unknown] = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, 'DEV-NOBODY'))
      const [nameless] = await db.select().from(deadLetters).where(isNull(deadLetters.deviceId)).limit(1)
      assert.equal(unknown?.reason, 'unknown_device')
      assert.equal(nameless?.reason, 'unknown_topic')
      assert.deepEqual(acks, [])
    })

    it('keeps nothing of a revoked device, acks nothing and counts it; its letters from before stay', async () => {
      const [device, good] = [await addDevice(db, ++devices), await addDevice(db, ++devices)]
      const { ingest, acks, counters } = startIngest(database)
      const before = onLog(device, Buffer.from('garbage of a device in good standing'))
      await ingest.take(before)
      await ingest.stop()
      await revokeDevice(db, device.id)
      const later = startIngest(database)
      const state = { topic: streams.state.topic(device.id), payload: Buffer.from('{"online":') }
      const live = { topic: streams.live.topic(device.id), payload: Buffer.from('{"at":"noon"}') }
      const sent = [batchOf(device).message, onLog(device, Buffer.from('more')), state, live, batchOf(good).message]
      for (const message of sent) await later.ingest.take(message)
      await later.ingest.stop()
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))
      assert.deepEqual(
        letters.map(({ payload }) => payload),
        [before.payload],
      )
      assert.deepEqual(await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id)), [])
      assert.deepEqual(
        [...acks, ...later.acks].map(({ topic }) => topic),
        [streams.ack.topic(good.id)],
      )
      const revoked = async ({ revoked }: typeof counters) => (await revoked.get()).values[0]?.value
      assert.deepEqual([await revoked(counters), await revoked(later.counters)], [0, 4])
    })

    it('tells a device again that a batch was rejected, with one letter', async () => {
      const device = await addDevice(db, ++devices)
      const { ingest, acks } = startIngest(database)
      const bad = onLog(device, changed(batchOf(device).bytes, batchOf(device).bytes.length - 1))
      for (let n = 0; n < 6; n++) await ingest.take(bad)
      await ingest.stop()
      assert.equal((await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))).length, 1)
      assert.equal(acks.at(-1)?.ack.upTo, 5)
    })

    it('stores a good batch where only a rejected one was', async () => {
      const device = await addDevice(db, ++devices)
      const { ingest, acks } = startIngest(database)
      const { bytes, message } = batchOf(device)
      await ingest.take(onLog(device, changed(bytes, bytes.length - 1)))
      await ingest.take(message)
      await ingest.stop()
      assert.equal((await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id))).length, 5)
      assert.equal(acks.at(-1)?.ack.upTo, 5)
    })

    it('keeps other records under stored sequence numbers as a conflict', async () => {
      const device = await addDevice(db, ++devices)
      const { ingest } = startIngest(database)
      await ingest.take(batchOf(device).message)
      await ingest.take(laneOf(device, 'telematics').sealEvents(4, { fromMs: Date.UTC(2026, 1, 1) }).message)
      await ingest.stop()
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))
      assert.deepEqual(
        letters.map(({ reason, acked }) => ({ reason, acked })),
        [{ reason: 'conflict', acked: true }],
      )
      assert.equal((await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id))).length, 5)
    })

    it('keeps the newest 500 of a device and all that were acked, and lists them in pages', async () => {
      const device = await addDevice(db, ++devices)
      const { ingest, counters } = startIngest(database)
      const ahead = laneOf(device, 'telematics').sealEvents(5, { fromMs: Date.UTC(2027, 0, 1) }).message
      await ingest.take(ahead)
      for (let i = 0; i < 510; i++) await ingest.take(onLog(device, Buffer.from(`garbage ${i}`)))
      await ingest.stop()
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))
      assert.equal(letters.length, 501)
      assert.deepEqual(
        letters.flatMap(({ acked, payload }) => (acked ? [payload] : [])),
        [ahead.payload],
      )
      assert.equal((await counters.lettersGone.get()).values[0]?.value, 10)
      const page = await listDeadLetters(db, { limit: 2 })
      assert.deepEqual(
        page.items.map(({ deviceId }) => deviceId),
        [device.id, device.id],
      )
      const next = await listDeadLetters(db, { limit: 2, cursor: page.nextCursor ?? '' })
      assert.ok(Number(next.items[0]?.id) < Number(page.items[1]?.id))
    })
  })
}
