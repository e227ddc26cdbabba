import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeEnvelope, type Envelope, encodeEnvelope } from '@fairmile/contract/envelope.ts'
import type { Ack } from '@fairmile/contract/records.ts'
import { logTopic } from '@fairmile/contract/topics.ts'
import { eq } from 'drizzle-orm'
import type { BrokerMessage } from '../src/broker/broker.ts'
import { deadLetters, deviceLanes } from '../src/db/schema/devices.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { deviceChains } from '../src/devices/chains.ts'
import { createJudgeAll } from '../src/ingest/judge-all.ts'
import { storeMessages } from '../src/ingest/store.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

/** The same message with other words about itself, which its signature does not prove. */
const flipped = ({ topic, payload }: BrokerMessage, words: Partial<Envelope> = { rawSize: 1 }): BrokerMessage => ({
  topic,
  payload: encodeEnvelope({ ...decodeEnvelope(payload), ...words }),
})

for (const engine of engines()) {
  describe(`batches that nobody signed on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    /** Batches of five telematics events, one after the other. */
    const batchesOf = (device: TestDevice, count: number): BrokerMessage[] => {
      const lane = laneOf(device, 'telematics')
      return Array.from({ length: count }, () => lane.sealEvents(5).message)
    }
    const send = async (messages: readonly BrokerMessage[], times = 1): Promise<Ack[]> => {
      const { ingest, acks } = startIngest(database)
      for (let time = 0; time < times; time++) for (const message of messages) await ingest.take(message)
      await ingest.stop()
      return acks.map(({ ack }) => ack)
    }
    const storedOf = async ({ id }: TestDevice) =>
      (await db.select().from(telematicsEvents).where(eq(telematicsEvents.deviceId, id))).length

    const reasonsOf = async ({ id }: TestDevice) => {
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, id)).orderBy(deadLetters.id)
      return letters.map(({ reason }) => reason)
    }

    it('ack nothing until the good one comes again, or they came five times more', async () => {
      const device = await newDevice()
      const [first, second] = batchesOf(device, 2)
      const long = flipped(first!, { count: 1000 })
      const far = flipped(first!, { firstSeq: 1_000_000 })
      assert.deepEqual(new Set((await send([long, far, second!])).map(({ upTo }) => upTo)), new Set([0]))
      assert.equal((await send([first!])).at(-1)?.upTo, 10)
      assert.equal(await storedOf(device), 10)
    })

    it('are waited for when one was flipped on its way and the next is there', async () => {
      const device = await newDevice()
      const [first, second] = batchesOf(device, 2)
      assert.equal((await send([flipped(first!), second!])).at(-1)?.upTo, 0)
      assert.equal((await send([first!, second!])).at(-1)?.upTo, 10)
      assert.equal(await storedOf(device), 10)
    })

    it('are passed by where the car has nothing better and goes on', async () => {
      const device = await newDevice()
      const [first, second, third] = batchesOf(device, 3)
      const sent = [first!, flipped(second!), third!]
      assert.equal((await send(sent, 5)).at(-1)?.upTo, 5)
      assert.equal((await send(sent)).at(-1)?.upTo, 15)
    })

    it('do not stand in the way of those behind a hole', async () => {
      const device = await newDevice()
      const [first, , third, ...more] = batchesOf(device, 10)
      assert.equal((await send([first!, flipped(third!), ...more], 6)).at(-1)?.upTo, 50)
      const [lane] = await db.select().from(deviceLanes).where(eq(deviceLanes.deviceId, device.id))
      assert.equal(lane?.missing, 10)
    })

    for (const [why, words] of [
      ['device', { device: 'DEV-XXXX' }],
      ['lane', { lane: 'urgent' }],
    ] as const)
      it(`are no better where they name another ${why}`, async () => {
        const device = await newDevice()
        const [first] = batchesOf(device, 1)
        assert.equal((await send([flipped(first!, { ...words, count: 1000 })])).at(-1)?.upTo, 0)
        const far = flipped(first!, { ...words, firstSeq: 1_000_000 })
        assert.equal((await send([far], 7)).at(-1)?.upTo, 0)
        assert.equal((await send([first!])).at(-1)?.upTo, 5)
      })

    it('are signed, but not for this lane, where another lane’s came', async () => {
      const device = await newDevice()
      const { payload } = laneOf(device, 'telematics').sealEvents(5).message
      assert.equal((await send([{ topic: logTopic(device.id, 'urgent'), payload }])).at(-1)?.upTo, 0)
    })

    it('give way to one that is signed and cannot be stored, which is set aside once', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'telematics')
      const [first, late] = [lane.sealEvents(5), lane.sealEvents(5, { fromMs: Date.UTC(2030, 1, 1) })]
      await send([first.message, flipped(late.message, { count: 900 })])
      assert.equal((await send([late.message], 3)).at(-1)?.upTo, 10)
      assert.deepEqual(await reasonsOf(device), ['bad_signature', 'out_of_range'])
    })

    it('are set aside once, where a signed one holds their numbers', async () => {
      const device = await newDevice()
      const [first, , third] = batchesOf(device, 3)
      const long = flipped(first!, { count: 900 })
      await send([long, third!], 4)
      assert.deepEqual(await reasonsOf(device), ['bad_signature'])
    })

    it('count in the account of a device up to what is acked, once', async () => {
      const device = await newDevice()
      const [first, second, third] = batchesOf(device, 3)
      const accountOf = async () => {
        const [chain] = await deviceChains(db, device.id)
        return { rejected: chain?.rejected, missing: chain?.missing }
      }
      await send([first!, flipped(second!, { firstSeq: 900_000 }), flipped(second!, { count: 1_000 })])
      assert.deepEqual(await accountOf(), { rejected: 0, missing: [] })
      await send([flipped(second!), third!], 7)
      assert.deepEqual(await accountOf(), { rejected: 5, missing: [] })
    })

    it('make room for others though the ack is past their numbers', async () => {
      const device = await newDevice()
      const [first] = batchesOf(device, 1)
      await send([first!, flipped(first!, { rawSize: 1 }), flipped(first!, { rawSize: 2 })])
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id))
      assert.deepEqual(
        letters.map(({ reason, acked }) => [reason, acked]),
        [
          ['bad_signature', false],
          ['bad_signature', false],
        ],
      )
    })

    it('take no place of a letter that was acked, of the same bytes or of another lane', async () => {
      const device = await newDevice()
      const [first, second] = batchesOf(device, 2)
      const start = { type: 'trip_started' as const, tripId: 'TRP-2040', startAt: Date.UTC(2040, 0, 1) }
      const late = laneOf(device, 'trips').seal([{ ...start, lat: null, lon: null }]).message
      const lost = { topic: logTopic(device.id, 'telematics'), payload: late.payload }
      await send([first!])
      // All in one transaction, as they may come: of the signed one the letter is all that is left.
      const judged = await createJudgeAll({ db, nowMs: () => testNowMs })([second!, late, lost])
      await database.transaction((tx) => storeMessages(tx, judged))
      const kept = () =>
        db.select().from(deadLetters).where(eq(deadLetters.deviceId, device.id)).orderBy(deadLetters.id)
      const words = (letters: Awaited<ReturnType<typeof kept>>) =>
        letters.map(({ topic, reason, acked }) => [topic, reason, acked])
      const both = [
        [late.topic, 'out_of_range', true],
        [lost.topic, 'foreign', false],
      ]
      assert.deepEqual(words(await kept()), both)
      const [, unsigned] = await kept()
      await db.update(deadLetters).set({ acked: true }).where(eq(deadLetters.id, unsigned!.id))
      await send([lost], 2)
      assert.deepEqual(words(await kept()), [both[0], [lost.topic, 'foreign', true], both[1]])
    })

    it('ack no piece of raw until they came five times more', async () => {
      const device = await newDevice()
      const imu = { offsetMs: [0], ax: [0], ay: [0], az: [9.81], gx: [0], gy: [0], gz: [null] }
      const fixes = { offsetMs: [], lat: [], lon: [], altM: [], speedMps: [], courseDeg: [], hdop: [] }
      const { message } = laneOf(device, 'raw').seal([{ at: Date.UTC(2026, 5, 1), imu, fixes }])
      const long = flipped(message, { count: 900 })
      assert.deepEqual(await send([long], 5), [])
      assert.deepEqual((await send([long])).at(-1)?.rejected, [{ firstSeq: 1, lastSeq: 900, reason: 'bad_signature' }])
      assert.deepEqual(await reasonsOf(device), ['bad_signature'])
    })

    it('are told from one that is signed and names what is another’s', async () => {
      const [owner, other] = [await newDevice(), await newDevice()]
      const start = { type: 'trip_started' as const, tripId: 'TRP-OWN', startAt: 0, lat: null, lon: null }
      const event = {
        ...{ id: 'EVT-OTHER', tripId: 'TRP-OWN', kind: 'harsh_braking' as const, startAt: 0, endAt: 1000, peak: 4 },
        ...{ band: 'log' as const, grade: 'A' as const, gradeReasons: [], lat: null, lon: null, limitKmh: null },
        ...{ startSpeedMps: null, endSpeedMps: null, trace: null },
      }
      await send([laneOf(owner, 'trips').seal([start]).message])
      const acks = await send([laneOf(other, 'trips').seal([{ type: 'event', event }]).message])
      assert.deepEqual(acks, [
        { boot: 1, lane: 'trips', upTo: 1, rejected: [{ firstSeq: 1, lastSeq: 1, reason: 'foreign' }] },
      ])
    })
  })
}
