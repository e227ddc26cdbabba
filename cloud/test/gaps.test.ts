import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sealGap } from '@fairmile/contract/batch.ts'
import { decodeRecord } from '@fairmile/contract/codec.ts'
import { decodeEnvelope, encodeEnvelope } from '@fairmile/contract/envelope.ts'
import type { Ack } from '@fairmile/contract/records.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { type Lane, logTopic } from '@fairmile/contract/topics.ts'
import { asc, eq } from 'drizzle-orm'
import type { BrokerMessage } from '../src/broker/broker.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { deviceGaps, rawChunks } from '../src/db/schema/device-care.ts'
import { deadLetters, deviceBatches, deviceLanes } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { addDevice, laneOf, type TestDevice, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

async function send(database: OpenDatabase, messages: BrokerMessage[]): Promise<Ack[]> {
  const { ingest, acks } = startIngest(database)
  for (const message of messages) await ingest.take(message)
  await ingest.stop()
  return acks.map(({ ack }) => ack)
}

/** A device's word that the records between two batches are gone but for a few. */
function gapOf(
  device: TestDevice,
  range: { firstSeq: number; lastSeq: number; previousHash: Buffer; endHash: Buffer; kept?: TelematicsEvent[] },
  lane: Lane = 'telematics',
): BrokerMessage {
  const { endHash, kept = [], ...place } = range
  const gap = { reason: 'no_room' as const, at: Date.UTC(2026, 5, 2), endHash }
  const { id, keys } = device
  const { bytes } = sealGap({ device: id, boot: 1, lane, ...place, privateKey: keys.privateKey, gap, kept })
  return { topic: logTopic(id, lane), payload: bytes }
}

const chunk = {
  at: Date.UTC(2026, 5, 1),
  imu: { offsetMs: [0, 10], ax: [0, 0.1], ay: [0, 0], az: [9.81, 9.805], gx: [0, 0], gy: [0, 0], gz: [null, null] },
  fixes: { offsetMs: [], lat: [], lon: [], altM: [], speedMps: [], courseDeg: [], hdop: [] },
}

for (const engine of engines()) {
  describe(`gaps on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    const openEnds = async (deviceId: string) => {
      const batches = await db.select().from(deviceBatches).where(eq(deviceBatches.deviceId, deviceId))
      return batches.filter(({ gap }) => gap).length
    }

    it('closes the chain by a signed gap, stores what was kept, and acks past it', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, second, third, fourth] = [1, 2, 3, 4].map(() => lane.sealEvents(5))
      const kept = [telematicsEvent(8), telematicsEvent(13)]
      const range = { firstSeq: 6, lastSeq: 15, previousHash: first!.hash, endHash: third!.hash, kept }
      const acks = await send(database, [first!.message, gapOf(device, range), fourth!.message])
      assert.equal(acks.at(-1)?.upTo, 20)
      assert.equal(await openEnds(device.id), 0)
      const rows = await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id))
      assert.deepEqual(
        rows.map(({ seq }) => seq).sort((a, b) => a - b),
        [1, 2, 3, 4, 5, 8, 13, 16, 17, 18, 19, 20],
      )
      const [gap] = await db.select().from(deviceGaps).where(eq(deviceGaps.deviceId, device.id))
      assert.deepEqual([gap?.firstSeq, gap?.lastSeq, gap?.dropped, gap?.open], [6, 15, 8, false])
      const [progress] = await db.select().from(deviceLanes).where(eq(deviceLanes.deviceId, device.id))
      assert.equal(progress?.missing, 0, 'what a device answers for is not missing')
      assert.ok(second)
    })

    it('takes the batch behind a gap before the gap, and then closes its end', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, second, third] = [1, 2, 3].map(() => lane.sealEvents(5))
      assert.equal((await send(database, [first!.message, third!.message])).at(-1)?.upTo, 5)
      assert.equal(await openEnds(device.id), 1)
      const range = { firstSeq: 6, lastSeq: 10, previousHash: first!.hash, endHash: second!.hash }
      assert.equal((await send(database, [gapOf(device, range)])).at(-1)?.upTo, 15)
      assert.equal(await openEnds(device.id), 0)
    })

    it('leaves an end open where a gap’s hashes are not those of the chain', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, , third] = [1, 2, 3].map(() => lane.sealEvents(5))
      const forged = { firstSeq: 6, lastSeq: 10, previousHash: Buffer.alloc(32, 7), endHash: first!.hash }
      await send(database, [first!.message, gapOf(device, forged), third!.message])
      assert.equal(await openEnds(device.id), 1)
      const [gap] = await db.select().from(deviceGaps).where(eq(deviceGaps.deviceId, device.id))
      assert.equal(gap?.open, true)
    })

    it('takes a wider gap in place of those within it, the same again as known, and refuses one that crosses', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, second, third, fourth] = [1, 2, 3, 4].map(() => lane.sealEvents(5))
      const narrow = { firstSeq: 6, lastSeq: 10, previousHash: first!.hash, endHash: second!.hash }
      const wide = { firstSeq: 6, lastSeq: 15, previousHash: first!.hash, endHash: third!.hash }
      const crossing = { firstSeq: 11, lastSeq: 20, previousHash: second!.hash, endHash: fourth!.hash }
      const messages = [first!.message, gapOf(device, narrow), gapOf(device, wide), gapOf(device, narrow)]
      const acks = await send(database, [...messages, gapOf(device, crossing), fourth!.message])
      assert.equal(acks.at(-1)?.upTo, 20)
      const rows = await db.select().from(deviceGaps).where(eq(deviceGaps.deviceId, device.id))
      assert.deepEqual(
        rows.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]),
        [[6, 15]],
      )
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))
      assert.deepEqual(
        letters.map(({ reason }) => reason),
        ['conflict'],
      )
    })

    it('keeps a batch that was stored before its device dropped it, and one that comes late', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, second, third, fourth] = [1, 2, 3, 4].map(() => lane.sealEvents(5))
      const range = { firstSeq: 6, lastSeq: 15, previousHash: first!.hash, endHash: third!.hash }
      const messages = [first!, second!].map(({ message }) => message)
      const acks = await send(database, [...messages, gapOf(device, range), third!.message, fourth!.message])
      assert.equal(acks.at(-1)?.upTo, 20)
      assert.equal(await openEnds(device.id), 0)
      const rows = await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, device.id))
      assert.equal(rows.length, 20)
    })

    for (const [what, words] of [
      ['count', { count: 1000 }],
      ['first number', { firstSeq: 1_000_000 }],
    ] as const)
      it(`goes past a batch with another ${what}, which its device found to be corrupt once it was sent`, async () => {
        const device = await newDevice()
        const lane = laneOf(device, 'telematics')
        const [first, second, third] = [1, 2, 3].map(() => lane.sealEvents(5))
        const payload = encodeEnvelope({ ...decodeEnvelope(second!.bytes), ...words })
        assert.equal((await send(database, [first!.message, { ...second!.message, payload }])).at(-1)?.upTo, 5)
        const range = { firstSeq: 6, lastSeq: 10, previousHash: first!.hash, endHash: second!.hash }
        assert.equal((await send(database, [gapOf(device, range)])).at(-1)?.upTo, 10)
        assert.equal((await send(database, [third!.message])).at(-1)?.upTo, 15)
        assert.equal(await openEnds(device.id), 0)
      })

    it('stores raw chunks and acks each piece by itself', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'raw')
      const [, second, third] = [
        lane.seal([chunk]),
        lane.seal([chunk, { ...chunk, at: chunk.at + 10_000 }]),
        lane.seal([chunk]),
      ]
      const range = { firstSeq: 1, lastSeq: 1, previousHash: Buffer.alloc(32), endHash: Buffer.alloc(32, 1) }
      const acks = await send(database, [third.message, second.message, gapOf(device, range, 'raw')])
      assert.deepEqual(
        acks.map(({ from, upTo }) => [from, upTo]),
        [
          [4, 4],
          [2, 3],
          [1, 1],
        ],
      )
      const rows = await db
        .select()
        .from(rawChunks)
        .where(eq(rawChunks.deviceId, device.id))
        .orderBy(asc(rawChunks.seq))
      assert.deepEqual(
        rows.map(({ seq }) => seq),
        [2, 3, 4],
      )
      assert.deepEqual(decodeRecord('raw', rows[0]!.chunk), chunk)
    })
  })
}
