import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LiveState } from '@fairmile/contract/live.ts'
import { streams } from '@fairmile/contract/topics.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { BrokerMessage } from '../src/broker/broker.ts'
import { deviceGaps, deviceWords } from '../src/db/schema/device-care.ts'
import { deviceBatches } from '../src/db/schema/devices.ts'
import { closeStaleOpenEnds } from '../src/ingest/close-open-ends.ts'
import { lockLanes } from '../src/ingest/lock-lanes.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

/** Batches that one device sends, dealt by turns. */
const dealt = 60
const fleet = 30

const parked: LiveState = {
  ...{ at: testNowMs, tripId: null, lat: 49, lon: 12, speedMps: 0, headingDeg: null, limitKmh: null, aLong: 0.1 },
  ...{ aLat: null, liveRisk: 10, tripDistanceM: 0, calibrationConfidence: 0, event: null },
}

const wordOf = ({ id }: TestDevice): BrokerMessage => {
  const word = { online: true, at: testNowMs, boot: 1, agentVersion: '0.1.0' }
  return { topic: streams.state.topic(id), payload: Buffer.from(JSON.stringify(word)) }
}

for (const engine of engines()) {
  describe(`ingest in two processes on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const devices: TestDevice[] = []
    for (let n = 1; n <= fleet; n++) devices.push(await addDevice(db, n))
    const openEnds = async (deviceId: string) => {
      const here = and(eq(deviceBatches.deviceId, deviceId), eq(deviceBatches.gap, true))
      return (await db.select().from(deviceBatches).where(here)).length
    }

    it('leaves no end open whose batch before the other process stored', async () => {
      const [device] = devices
      const lane = laneOf(device!, 'telematics')
      const processes = [startIngest(database), startIngest(database)]
      for (let n = 0; n < dealt; n++) {
        await processes[n % 2]!.ingest.take(lane.sealEvents(5).message)
        // So that they are of many groups.
        if (n % 4 === 3) while (processes.every(({ acks }) => acks.length < n / 8)) await nextTurn()
      }
      for (const { ingest } of processes) await ingest.stop()
      const stored = await db.select().from(deviceBatches).where(eq(deviceBatches.deviceId, device!.id))
      assert.equal(stored.length, dealt)
      assert.equal(await openEnds(device!.id), 0)
    })

    // The embedded database has but one process.
    const severalProcesses = engine.name === 'PostgreSQL' ? it : null
    severalProcesses?.('waits no longer than a moment for one that stopped in its tracks while it stored', async () => {
      const lane = laneOf(devices[2]!, 'telematics')
      const { message } = lane.sealEvents(5)
      const range = {
        deviceId: devices[2]!.id,
        lane: 'telematics' as const,
        boot: 1,
        firstSeq: 1,
        lastSeq: 5,
        hash: Buffer.alloc(32),
        proven: true,
      }
      const refused = {
        ...message,
        kind: 'rejected' as const,
        deviceId: range.deviceId,
        reason: 'unknown_topic' as const,
        range,
      }
      const holds = Promise.withResolvers<void>()
      const done = Promise.withResolvers<void>()
      const stopped = db.transaction(async (tx) => {
        await lockLanes(tx, [{ ...refused, detail: '', sizeBytes: 0 }])
        holds.resolve()
        await done.promise
      })
      const ended = assert.rejects(stopped) // it may be ended before the other one has gone on
      await holds.promise
      const { ingest, acks } = startIngest(database)
      await ingest.take(message)
      await ingest.stop()
      assert.deepEqual(
        acks.map(({ ack }) => ack),
        [{ boot: 1, lane: 'telematics', upTo: 5, rejected: [] }],
      )
      done.resolve()
      await ended
    })

    it('closes what was left open though the batch before is on record, and nothing else', async () => {
      const device = devices[1]!
      const lane = laneOf(device, 'telematics')
      const [first, second, , fourth] = [1, 2, 3, 4].map(() => lane.sealEvents(5))
      const { ingest } = startIngest(database)
      for (const { message } of [first!, second!, fourth!]) await ingest.take(message)
      await ingest.stop()
      const range = {
        deviceId: device.id,
        lane: 'telematics',
        bootId: 1,
        firstSeq: 30,
        lastSeq: 34,
        hash: fourth!.hash,
      }
      const gap = { ...range, reason: 'no_room' as const, dropped: 5, droppedAt: new Date(testNowMs), open: true }
      await db.insert(deviceGaps).values({
        ...gap,
        previousHash: Buffer.from(fourth!.hash),
        endHash: Buffer.alloc(32, 9),
        hash: Buffer.alloc(32, 8),
      })
      await db.update(deviceBatches).set({ gap: true }).where(eq(deviceBatches.deviceId, device.id))
      assert.deepEqual(await closeStaleOpenEnds(db), { closed: 2 })
      assert.deepEqual(await closeStaleOpenEnds(db), { closed: 0 })
      const left = await db
        .select({ firstSeq: deviceBatches.firstSeq })
        .from(deviceBatches)
        .where(and(eq(deviceBatches.deviceId, device.id), eq(deviceBatches.gap, true)))
      assert.deepEqual(
        left.map(({ firstSeq }) => firstSeq).toSorted((a, b) => a - b),
        [1, 16],
      )
      const [closed] = await db.select().from(deviceGaps).where(eq(deviceGaps.deviceId, device.id))
      assert.equal(closed?.open, false)
    })

    it('takes batches while who drives cannot be looked up, and shows the newest live state then', async () => {
      const device = devices[2]!
      const { ingest, acks, live } = startIngest(database)
      const state = (speedMps: number): BrokerMessage => ({
        topic: streams.live.topic(device.id),
        payload: Buffer.from(JSON.stringify({ ...parked, speedMps })),
      })
      const taken = Promise.withResolvers<void>()
      const locked = database.transaction(async (tx) => {
        await tx.execute(sql`LOCK TABLE policies IN ACCESS EXCLUSIVE MODE`)
        for (const speedMps of [1, 2, 3]) await ingest.take(state(speedMps))
        await ingest.take(laneOf(device, 'telematics').sealEvents(5).message)
        // The embedded database has one session, which this holds.
        if (database.kind === 'postgres') while (acks.length === 0) await nextTurn()
        taken.resolve()
      })
      await taken.promise
      assert.equal(live.length, 0)
      await locked
      while (live.length === 0) await nextTurn()
      await ingest.stop()
      assert.equal(acks.length, 1)
      const speeds = live.map((message) => (message.type === 'driving_update' ? message.state.speedMps : null))
      assert.deepEqual(speeds, [3])
    })

    it('keeps the words of many devices in whatever order they come, without a deadlock', async () => {
      const processes = [startIngest(database), startIngest(database)]
      for (let round = 0; round < 10; round++) {
        await Promise.all(
          processes.map(async ({ ingest }, n) => {
            for (const device of n === 0 ? devices : devices.toReversed()) await ingest.take(wordOf(device))
          }),
        )
      }
      for (const { ingest } of processes) await ingest.stop()
      for (const { counters } of processes) assert.equal((await counters.retries.get()).values[0]?.value ?? 0, 0)
      assert.equal((await db.select().from(deviceWords)).length, fleet)
    })
  })
}
