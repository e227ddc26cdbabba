import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { logTopic, streams } from '@fairmile/contract/topics.ts'
import { connectAsync, type ErrorWithReasonCode, type IClientOptions, type MqttClient } from 'mqtt'
import { generate } from 'mqtt-packet'
import { Registry } from 'prom-client'
import type { BrokerMessage, RefusedMessage } from '../src/broker/broker.ts'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createEmbeddedBroker } from '../src/broker/embedded.ts'
import type { DeviceProof } from '../src/devices/claim-device.ts'
import { UsageError } from '../src/errors.ts'
import { createLog } from '../src/log.ts'

const passwords = new Map([
  ['DEV-1', 'one'],
  ['DEV-2', 'two'],
])

const knows = (id: string, proof: DeviceProof) => 'password' in proof && passwords.get(id) === proof.password

const makeBroker = (port = 0, authenticate = async (id: string, proof: DeviceProof) => knows(id, proof)) =>
  createEmbeddedBroker({
    host: '127.0.0.1',
    port,
    tls: null,
    cloudPassword: null,
    authenticate,
    counters: createBrokerCounters(new Registry()),
    log: createLog({ level: 'silent' }),
  })

describe('createEmbeddedBroker', async () => {
  const messages: BrokerMessage[] = []
  const refusals: RefusedMessage[] = []
  const arrivals = new EventTarget()
  const clients: MqttClient[] = []
  const broker = makeBroker()
  broker.onMessage(async (message) => {
    messages.push(message)
    arrivals.dispatchEvent(new Event('message'))
  })
  broker.onRefused((refused) => {
    refusals.push(refused)
    arrivals.dispatchEvent(new Event('refused'))
  })
  const url = await broker.start()
  const port = Number(new URL(url).port)
  after(async () => {
    for (const client of clients) client.end(true)
    await broker.close()
    await broker.close()
  })

  const nextOf = (type: 'message' | 'refused') =>
    new Promise((resolve) => arrivals.addEventListener(type, resolve, { once: true }))
  const endOf = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', resolve))
  const logIn = async (id: string, options: IClientOptions = {}): Promise<MqttClient> => {
    const login = { clientId: id, username: id, password: passwords.get(id) ?? '', reconnectPeriod: 0, ...options }
    const client = await connectAsync(url, login, false)
    client.on('error', () => {})
    clients.push(client)
    return client
  }
  const refusedWith = async (id: string, options: IClientOptions): Promise<number | undefined> => {
    try {
      await logIn(id, options)
    } catch (error) {
      return (error as ErrorWithReasonCode).code
    }
    throw new Error('the broker let it in')
  }
  const socketTo = async (): Promise<Socket> => {
    const socket = connectSocket(port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    return socket
  }

  it('gives a device’s messages to the handler, and the cloud’s to the device', async () => {
    const client = await logIn('DEV-1')
    const topic = logTopic('DEV-1', 'telematics')
    await client.publishAsync(topic, Buffer.from([1, 2, 3]), { qos: 1 })
    assert.deepEqual(messages.at(-1), { topic, payload: Buffer.from([1, 2, 3]) })
    await client.subscribeAsync('fairmile/v1/DEV-1/down/#', { qos: 1 })
    const told = new Promise<[string, Buffer]>((resolve) =>
      client.once('message', (...args) => resolve([args[0], args[1]])),
    )
    await broker.publish(streams.ack.topic('DEV-1'), '{"upTo":1}', { qos: 1, retain: false })
    const [name, payload] = await told
    assert.deepEqual([name, String(payload)], ['fairmile/v1/DEV-1/down/ack', '{"upTo":1}'])
    await client.endAsync()
  })

  it('refuses a wrong password, an unknown device, no password and another client id', async () => {
    assert.equal(await refusedWith('DEV-1', { password: 'wrong' }), 4)
    assert.equal(await refusedWith('DEV-9', { password: 'one' }), 4)
    assert.equal(await refusedWith('DEV-1', { username: '', password: '' }), 4)
    assert.equal(await refusedWith('DEV-1', { clientId: 'DEV-2' }), 2)
  })

  it('acks and drops what a device publishes on another’s topic, notes it once, and goes on with the device', async () => {
    const client = await logIn('DEV-1', { reconnectPeriod: 10 })
    const [letters, before] = [refusals.length, messages.length]
    let ends = 0
    client.on('close', () => ends++)
    for (const qos of [0, 1, 2] as const)
      await client.publishAsync(logTopic('DEV-2', 'urgent'), `foreign ${qos}`, { qos, retain: true })
    await client.publishAsync(logTopic('DEV-1', 'urgent'), 'own', { qos: 1 })
    assert.deepEqual([ends, messages.slice(before).map(({ payload }) => String(payload))], [0, ['own']])
    assert.deepEqual(
      refusals.slice(letters).map(({ deviceId, topic, reason, payload }) => [deviceId, topic, reason, String(payload)]),
      [0, 1, 2].map((qos) => ['DEV-1', 'fairmile/v1/DEV-2/up/log/urgent', 'foreign_topic', `foreign ${qos}`]),
    )
    await client.endAsync()
  })

  it('refuses subscriptions beyond the device’s own', async () => {
    const client = await logIn('DEV-2')
    await assert.rejects(client.subscribeAsync('fairmile/v1/DEV-1/down/#'))
    await assert.rejects(client.subscribeAsync('#'))
    await client.endAsync()
  })

  it('publishes the last will of a device that is cut off, and none on another’s topic', async () => {
    const will = (device: string) => ({
      topic: streams.state.topic(device),
      payload: Buffer.from('gone'),
      qos: 1 as const,
    })
    const honest = await logIn('DEV-1', { will: will('DEV-1') })
    const arrived = nextOf('message')
    honest.stream.destroy()
    await arrived
    assert.deepEqual(messages.at(-1), { topic: 'fairmile/v1/DEV-1/up/state', payload: Buffer.from('gone') })
    const refused = nextOf('refused')
    const liar = await logIn('DEV-2', { will: will('DEV-1') })
    liar.stream.destroy()
    await refused
    assert.equal(refusals.at(-1)?.topic, 'fairmile/v1/DEV-1/up/state')
  })

  it('ends a device that sends an oversized packet before reading it, and notes that', async () => {
    const client = await logIn('DEV-1')
    const closed = endOf(client)
    client.publish(logTopic('DEV-1', 'raw'), Buffer.alloc(300 * 1024), { qos: 1 })
    await closed
    const { deviceId, reason, sizeBytes, payload } = refusals.at(-1) ?? {}
    assert.deepEqual([deviceId, reason, payload], ['DEV-1', 'oversized_packet', null])
    assert.ok((sizeBytes ?? 0) > 300 * 1024)
  })

  it('ends strangers that send garbage, a huge CONNECT or anything else first', async () => {
    const first = [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.from([0x10, 0xff, 0xff, 0x7f]),
      Buffer.from([0x30, 5, 0, 0]),
    ]
    for (const bytes of first) {
      const socket = await socketTo()
      const closed = once(socket, 'close')
      socket.write(bytes)
      await closed
    }
    await (await logIn('DEV-1')).endAsync()
  })

  it('forgets who is gone before it is asked who it is', async () => {
    const asked = Promise.withResolvers<void>()
    const strict = makeBroker(0, async () => {
      asked.resolve()
      return false
    })
    const socket = connectSocket(Number(new URL(await strict.start()).port), '127.0.0.1')
    socket.on('error', () => {})
    const closed = once(socket, 'close')
    const login = { clientId: 'DEV-1', username: 'DEV-1', password: Buffer.from('wrong') }
    const connect = generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      ...login,
    })
    socket.end(Buffer.concat([connect, Buffer.from([0xf0, 2, 1, 2])]))
    await Promise.all([closed, asked.promise])
    const held: string[] = []
    await strict.endRevoked(async (ids) => {
      held.push(...ids)
      return []
    })
    await strict.close()
    assert.deepEqual(held, [])
  })

  it('holds a device back while the handler has no room', async () => {
    const slow = makeBroker()
    const room = Promise.withResolvers<void>()
    let taken = 0
    slow.onMessage(async () => {
      taken++
      await room.promise
    })
    const address = await slow.start()
    const login = { clientId: 'DEV-1', username: 'DEV-1', password: 'one', reconnectPeriod: 0 }
    const client = await connectAsync(address, login, false)
    const sent = Array.from({ length: 40 }, () =>
      client.publishAsync(logTopic('DEV-1', 'raw'), Buffer.alloc(60_000), { qos: 1 }),
    )
    const first = Promise.race(sent)
    assert.ok(taken < 40)
    room.resolve()
    await first
    await Promise.all(sent)
    assert.equal(taken, 40)
    await client.endAsync()
    await slow.close()
  })

  it('does not answer what the handler did not take, and goes on sending to who sent it', {
    timeout: 15_000,
  }, async () => {
    const leaving = makeBroker()
    const refused = Promise.withResolvers<void>()
    leaving.onMessage(async () => {
      refused.resolve()
      throw new Error('it is stopping')
    })
    const login = { clientId: 'DEV-1', username: 'DEV-1', password: 'one', reconnectPeriod: 0 }
    const client = await connectAsync(await leaving.start(), login, false)
    await client.subscribeAsync(streams.ack.topic('DEV-1'), { qos: 1 })
    const told = new Promise((resolve) => client.once('message', (_topic, payload) => resolve(String(payload))))
    const closed = endOf(client)
    let answers = 0
    client.publish(logTopic('DEV-1', 'trips'), 'of now', { qos: 1 }, (error) => {
      if (!error) answers++
    })
    await refused.promise
    await leaving.publish(streams.ack.topic('DEV-1'), 'of before', { qos: 1, retain: false })
    assert.equal(await told, 'of before')
    await leaving.close()
    await closed
    assert.equal(answers, 0)
    client.end(true)
  })

  it('says which port is in use and what to set', async () => {
    await assert.rejects(makeBroker(port).start(), (error: Error) => {
      assert.ok(error instanceof UsageError)
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port}: the port is in use.*MQTT_PORT`))
      return true
    })
  })
})
