import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { deviceSubscription, logTopic, streams } from '@fairmile/contract/topics.ts'
import { connectAsync } from 'mqtt'
import { Registry } from 'prom-client'
import { freePort } from '../../scripts/free-port.ts'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createExternalBroker } from '../src/broker/external.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { createLog } from '../src/log.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'
import { type Mosquitto, startOpenMosquitto } from './mosquitto.ts'

const started: Mosquitto[] = []
after(async () => {
  for (const server of started) await server.kill()
})
const startMosquitto = async (port: number) => {
  const server = await startOpenMosquitto(port)
  started.push(server)
  return server
}

const brokerAt = (url: string, answerTimeoutMs?: number, clientId?: string) =>
  createExternalBroker({
    url,
    counters: createBrokerCounters(new Registry()),
    log: createLog({ level: 'silent' }),
    ...(answerTimeoutMs !== undefined && { answerTimeoutMs }),
    ...(clientId !== undefined && { clientId }),
  })

describe('createExternalBroker', () => {
  it('gives the messages of every device to the handler, one after the other, and the cloud’s to the device', async () => {
    const { url } = await startMosquitto(await freePort())
    const broker = brokerAt(url)
    const seen: string[] = []
    const all = Promise.withResolvers<void>()
    let handling = 0
    broker.onMessage(async ({ topic, payload }) => {
      assert.equal(++handling, 1)
      await Promise.resolve()
      handling--
      seen.push(`${topic} ${payload}`)
      if (seen.length === 20) all.resolve()
    })
    assert.equal(await broker.start(), url)
    const device = await connectAsync(url)
    const acks = new Promise<string>((resolve) => device.once('message', (_topic, payload) => resolve(String(payload))))
    await device.subscribeAsync(streams.ack.topic('DEV-1'), { qos: 1 })
    await device.publishAsync('elsewhere', 'not for us', { qos: 1 })
    for (let i = 0; i < 20; i++) await device.publishAsync(logTopic(`DEV-${i % 2}`, 'trips'), String(i), { qos: 1 })
    await all.promise
    assert.deepEqual(
      seen,
      Array.from({ length: 20 }, (_, i) => `fairmile/v1/DEV-${i % 2}/up/log/trips ${i}`),
    )
    await broker.publish(streams.ack.topic('DEV-1'), 'ack', { qos: 1, retain: false })
    assert.equal(await acks, 'ack')
    await device.endAsync()
    await broker.close()
    await broker.close()
  })

  it('names a broker that cannot be reached, without its password', async () => {
    const port = await freePort()
    await assert.rejects(brokerAt(`mqtt://cloud:hidden@127.0.0.1:${port}`).start(), (error: Error) => {
      assert.match(error.message, new RegExp(`Connecting to the MQTT broker at mqtt://127\\.0\\.0\\.1:${port}:`))
      assert.doesNotMatch(error.message, /hidden/)
      return true
    })
  })

  it('ends the first connection when it is told to', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    const asked = once(silent, 'connection')
    await once(silent, 'listening')
    const address = silent.address()
    assert.ok(address && typeof address === 'object')
    const told = new AbortController()
    const started = assert.rejects(brokerAt(`mqtt://127.0.0.1:${address.port}`).start(told.signal), /told to stop/)
    const [socket] = (await asked) as [Socket]
    const closed = once(socket.resume(), 'close')
    told.abort(new Error('told to stop'))
    await started
    await closed
    silent.close()
  })

  it('gives up what a silent broker does not answer, and what it could not hear', async () => {
    const mosquitto = await startMosquitto(await freePort())
    const broker = brokerAt(mosquitto.url, 50)
    await broker.start()
    mosquitto.freeze()
    const publish = () => broker.publish(streams.ack.topic('DEV-1'), 'ack', { qos: 1, retain: false })
    await assert.rejects(publish(), /no answer from mqtt:.* within 50 ms/)
    await assert.rejects(publish(), /not connected/)
    await broker.close()
  })
})

const [embedded] = engines()

describe('ingest on an external broker', () => {
  it('goes on storing while the broker is away, acks once it is back, and stops without it', async () => {
    assert.ok(embedded)
    const database = await embedded.open()
    const device = await addDevice(database.db)
    const lane = laneOf(device, 'telematics')
    const port = await freePort()
    const first = await startMosquitto(port)
    const broker = brokerAt(first.url, 500)
    const { ingest, counters } = startIngest(database, { publish: broker.publish })
    broker.onMessage(ingest.take)
    await broker.start()
    const givenUp = async () => (await counters.acksGivenUp.get()).values[0]?.value ?? 0

    await first.kill()
    for (let stored = 0; stored < 3; stored++) await ingest.take(lane.sealEvents(5).message)
    const count = () => database.db.$count(telematicsEvents)
    while ((await count()) < 15) await nextTurn()

    const second = await startMosquitto(port)
    const car = await connectAsync(second.url)
    await car.subscribeAsync(deviceSubscription(device.id), { qos: 1 })
    const acked = new Promise<Buffer>((resolve) => car.once('message', (_topic, body) => resolve(body)))
    const { topic, payload } = lane.sealEvents(5).message
    // The cloud comes back when it comes back: the device sends until it is acked.
    const again = setInterval(() => car.publish(topic, payload, { qos: 1 }), 50)
    const ack = await acked
    clearInterval(again)
    assert.deepEqual(JSON.parse(String(ack)), { boot: 1, lane: 'telematics', upTo: 20, rejected: [] })
    await car.endAsync(true)

    await second.kill()
    await ingest.take(lane.sealEvents(5).message)
    await ingest.stop()
    await broker.close()
    assert.equal(await count(), 25)
    assert.ok((await givenUp()) >= 2)
  })

  it('does not acknowledge what comes while it stops, hears its own answers, and has it when it is back', {
    timeout: 30_000,
  }, async () => {
    assert.ok(embedded)
    const database = await embedded.open()
    const { id } = await addDevice(database.db)
    const { url } = await startMosquitto(await freePort())
    const leaving = brokerAt(url, undefined, 'fairmile-ingest-a')
    const { ingest } = startIngest(database, { publish: leaving.publish })
    const refused = Promise.withResolvers<void>()
    leaving.onMessage((message) => {
      const taken = ingest.take(message)
      taken.catch(() => refused.resolve())
      return taken
    })
    await leaving.start()
    await ingest.stop()
    const car = await connectAsync(url)
    const { topic } = streams.report
    await car.publishAsync(topic(id), 'asked for once', { qos: 1 })
    await refused.promise
    await leaving.publish(streams.ack.topic(id), 'of what came before', { qos: 1, retain: false })
    await leaving.close()

    const back = brokerAt(url, undefined, 'fairmile-ingest-a')
    const again = Promise.withResolvers<string>()
    back.onMessage(async ({ payload }) => again.resolve(String(payload)))
    await back.start()
    assert.equal(await again.promise, 'asked for once')
    await car.endAsync(true)
    await back.close()
  })

  it('lets go of what waits when its connection ends, where a kept session brings it again', {
    timeout: 30_000,
  }, async () => {
    const { url } = await startMosquitto(await freePort())
    const sockets = new Set<Socket>()
    const door = createServer((outer) => {
      const inner = connectSocket(Number(new URL(url).port), '127.0.0.1')
      for (const socket of [outer, inner]) sockets.add(socket.on('error', () => {}))
      outer.pipe(inner).pipe(outer)
    }).listen(0, '127.0.0.1')
    await once(door, 'listening')
    const broker = brokerAt(`mqtt://127.0.0.1:${(door.address() as AddressInfo).port}`, undefined, 'fairmile-ingest-b')
    const waits = Promise.withResolvers<AbortSignal | undefined>()
    const again = Promise.withResolvers<string>()
    let came = 0
    broker.onMessage(async ({ payload }, { signal }) => {
      if (++came > 1) return again.resolve(String(payload))
      waits.resolve(signal)
      await once(signal ?? assert.fail('without a signal'), 'abort')
      throw new Error('given up')
    })
    await broker.start()
    const car = await connectAsync(url)
    await car.publishAsync(streams.report.topic('DEV-1'), 'said once', { qos: 1 })
    const signal = await waits.promise
    assert.equal(signal?.aborted, false)
    for (const socket of sockets) socket.destroy()
    assert.equal(await again.promise, 'said once')
    assert.equal(signal?.aborted, true)
    await car.endAsync(true)
    await broker.close()
    door.close()
  })
})
