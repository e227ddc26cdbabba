import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after as afterAll, before, beforeEach, describe, it } from 'node:test'
import { openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { deviceStateSchema } from '@fairmile/contract/device-messages.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import { parseMessage } from '@fairmile/contract/messages.ts'
import { cloudSubscriptions, parseUpTopic, streams } from '@fairmile/contract/topics.ts'
import { connectAsync, type MqttClient } from 'mqtt'
import { after } from '../src/clock.ts'
import type { Log } from '../src/log.ts'
import { braking, chunk, noon, second, started } from '../src/outbox/example-records.ts'
import { type Outbox, openOutbox } from '../src/outbox/outbox.ts'
import { createRemote } from '../src/remote/remote.ts'
import { createSync, type Sync } from '../src/sync/sync.ts'
import { type Mosquitto, startMosquitto } from './mosquitto.ts'

const device = 'DEV-1'
const keys = generateKeyPair()
const root = mkdtempSync(join(tmpdir(), 'fairmile-sync-'))
let broker: Mosquitto
let cloud: MqttClient
let runs = 0

interface Logged {
  level: string
  message: string
}

before(async () => {
  broker = await startMosquitto(join(root, 'mosquitto'), { cloud: 'cloud-secret', [device]: 'device-secret' })
})
beforeEach(async () => {
  cloud = await broker.connect('cloud', 'cloud-secret')
})
afterAll(async () => {
  await broker[Symbol.asyncDispose]()
  rmSync(root, { recursive: true })
})

/** An agent's outbox and sync, taken down with the test. */
async function withAgent(
  use: (agent: { outbox: Outbox; sync: Sync; logged: Logged[]; settled: () => Promise<void> }) => Promise<void>,
  options: { password?: string } = {},
): Promise<void> {
  const logged: Logged[] = []
  const write = (level: string) => (_about: unknown, message: string) => void logged.push({ level, message })
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } as Log
  let settle = Promise.withResolvers<void>()
  const outbox = openOutbox({
    folder: join(root, `outbox-${runs++}`),
    device,
    privateKey: keys.privateKey,
    buildMs: 0,
    wallMs: () => noon,
    after,
    committed() {
      sync.wake()
      settle.resolve()
      settle = Promise.withResolvers()
    },
    trouble: () => {},
    warn: () => {},
  })
  const remote = createRemote({
    outbox,
    apply: () => {},
    commands: { doctor: () => 'well' },
    changed: () => sync.tellState(),
    log,
  })
  const sync: Sync = createSync({
    url: broker.url,
    credentials: { device, password: options.password ?? 'device-secret', certificate: null, authority: null },
    agentVersion: '0.0.0',
    outbox,
    stretches: () => [{ from: 0, to: Number.MAX_SAFE_INTEGER }],
    remote,
    outboxState: () => ({ writtenBytesPerHour: null, dropped: { telematics: 0, raw: 0 }, setAside: 0 }),
    wallMs: () => noon,
    after,
    random: () => 0,
    log,
  })
  try {
    await use({ outbox, sync, logged, settled: () => settle.promise })
  } finally {
    await sync.stop()
    outbox.close()
    await cloud.endAsync()
  }
}

/** Resolves with the next message that passes. */
const nextMessage = (wanted: (topic: string, payload: Buffer) => boolean): Promise<Buffer> =>
  new Promise((resolve) => {
    const listen = (topic: string, payload: Buffer) => {
      if (!wanted(topic, payload)) return
      cloud.off('message', listen)
      resolve(payload)
    }
    cloud.on('message', listen)
  })

const isLog = (topic: string): boolean => parseUpTopic(topic)?.stream === 'log'

describe('createSync', () => {
  it('sends by worth, deletes on the cloud’s ack alone, and sends the same bytes to a new connection', async () => {
    await withAgent(async ({ outbox, sync, settled }) => {
      await cloud.subscribeAsync([...cloudSubscriptions], { qos: 1 })
      outbox.append('telematics', second(noon))
      outbox.seal('telematics')
      outbox.append('trips', started)
      outbox.append('urgent', braking)
      outbox.flush()
      const got: { lane: string; bytes: Buffer }[] = []
      const three = nextMessage((topic, payload) => {
        const { stream, lane } = parseUpTopic(topic) as { stream: string; lane: string }
        if (stream === 'log') got.push({ lane, bytes: payload })
        return got.length === 3
      })
      sync.start()
      await three
      assert.deepEqual(
        got.map(({ lane }) => lane),
        ['urgent', 'trips', 'telematics'],
      )
      // Mosquitto has confirmed all of them by now or soon; nothing may be deleted for that.
      assert.equal(outbox.waiting('urgent').records, 1)
      const again = nextMessage(isLog)
      await takeOver()
      assert.deepEqual(await again, got[0]?.bytes)

      for (const { bytes } of got) {
        const { boot, lane, lastSeq } = openBatch(bytes, keys)
        const ack = { boot, lane, upTo: lastSeq, rejected: [] }
        await cloud.publishAsync(streams.ack.topic(device), JSON.stringify(ack), { qos: 1 })
      }
      while (['urgent', 'trips', 'telematics'].some((lane) => outbox.waiting(lane as 'trips').records > 0))
        await settled()
    })
  })

  it('says that it is there, and that it has gone', async () => {
    await withAgent(async ({ sync }) => {
      await cloud.subscribeAsync(streams.state.topic(device), { qos: 1 })
      const says = (online: boolean) =>
        nextMessage((_topic, payload) => (JSON.parse(payload.toString()) as { online: boolean }).online === online)
      const there = says(true)
      sync.start()
      await there
      const gone = says(false)
      await sync.stop()
      await gone
    })
  })

  it('says clearly that its credentials are wrong, and keeps what it has', async () => {
    await withAgent(
      async ({ outbox, sync, logged }) => {
        outbox.append('urgent', braking)
        outbox.flush()
        sync.start()
        while (!logged.some(({ level }) => level === 'error')) await new Promise((resolve) => setImmediate(resolve))
        assert.match(logged.find(({ level }) => level === 'error')?.message ?? '', /refused.*FAIRMILE_CLAIM_CODE/)
        assert.equal(outbox.waiting('urgent').records, 1)
      },
      { password: 'wrong' },
    )
  })

  it('sends the newest live state after the one that is leaving, and drops those between but for their event', async () => {
    await withAgent(async ({ sync }) => {
      await cloud.subscribeAsync([streams.state.topic(device), streams.live.topic(device)], { qos: 1 })
      const there = nextMessage((_topic, payload) => payload.toString().includes('"online":true'))
      sync.start()
      await there
      const got: LiveState[] = []
      const last = nextMessage((topic, payload) => {
        if (topic === streams.live.topic(device)) got.push(JSON.parse(payload.toString()) as LiveState)
        return got.at(-1)?.at === 3
      })
      const event = { id: 'EVT-1', kind: 'harsh_braking', band: 'coach', grade: null, peak: 4.2 } as const
      for (const at of [1, 2, 3]) sync.live({ ...parked, at, event: at === 2 ? event : null })
      await last
      assert.deepEqual(
        got.map(({ at, event: told }) => [at, told]),
        [
          [1, null],
          [3, event],
        ],
      )
      assert.equal(sync.counters().liveDropped, 1)
    })
  })

  it('holds back what the cloud cannot read until the cloud says that it can', async () => {
    await withAgent(async ({ outbox, sync }) => {
      await cloud.subscribeAsync([...cloudSubscriptions], { qos: 1 })
      outbox.append('raw', chunk(noon))
      outbox.seal('raw')
      outbox.append('trips', started)
      outbox.flush()
      const first = nextMessage(isLog)
      sync.start()
      assert.equal(openBatch(await first, keys).lane, 'trips')
      const held = nextMessage(isLog)
      await cloud.publishAsync(streams.config.topic(device), JSON.stringify({ version: 1, wire: 2 }), { qos: 1 })
      assert.equal(openBatch(await held, keys).lane, 'raw')
    })
  })

  it('tells a report once a cloud that reads reports has greeted, and answers a command in its state', async () => {
    await withAgent(async ({ sync }) => {
      await cloud.subscribeAsync([...cloudSubscriptions], { qos: 1 })
      const report = { at: 1, agentVersion: '0.0.0', ok: true, findings: [] }
      sync.report(report)
      const there = nextMessage((topic, payload) => topic.endsWith('/state') && payload.toString().includes('true'))
      sync.start()
      await there
      const reported = nextMessage((topic) => topic === streams.report.topic(device))
      await cloud.publishAsync(streams.config.topic(device), JSON.stringify({ version: 1, wire: 2 }), { qos: 1 })
      assert.deepEqual(JSON.parse(String(await reported)), report)
      const answered = nextMessage((topic, payload) => topic.endsWith('/state') && payload.toString().includes('CMD-1'))
      await cloud.publishAsync(streams.command.topic(device), JSON.stringify({ id: 'CMD-1', type: 'doctor' }), {
        qos: 1,
      })
      const state = parseMessage(deviceStateSchema, await answered)
      assert.deepEqual(state.answers, [{ id: 'CMD-1', result: 'done', detail: 'well' }])
      assert.deepEqual(state.config, { version: 1, refused: null })
    })
  })

  it('survives an ack that is no ack', async () => {
    await withAgent(async ({ sync }) => {
      await cloud.subscribeAsync(streams.state.topic(device), { qos: 1 })
      const there = nextMessage((_topic, payload) => payload.toString().includes('"online":true'))
      sync.start()
      await there
      for (const payload of ['', '{', '{"boot":-1}', 'x'.repeat(5000)])
        await cloud.publishAsync(streams.ack.topic(device), payload, { qos: 1 })
      while (sync.counters().unreadable < 4) await new Promise((resolve) => setImmediate(resolve))
    })
  })
})

const parked: LiveState = {
  at: 0,
  tripId: null,
  lat: null,
  lon: null,
  speedMps: null,
  headingDeg: null,
  limitKmh: null,
  aLong: null,
  aLat: null,
  liveRisk: null,
  tripDistanceM: 0,
  calibrationConfidence: 0,
  event: null,
}

/** Ends the agent's connection as a broker does: another client takes its id. */
async function takeOver(): Promise<void> {
  const thief = await connectAsync(broker.url, {
    clientId: device,
    username: device,
    password: 'device-secret',
    reconnectPeriod: 0,
  })
  await thief.endAsync()
}
