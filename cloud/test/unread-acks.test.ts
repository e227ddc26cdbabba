import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { streams } from '@fairmile/contract/topics.ts'
import { connectAsync } from 'mqtt'
import { generate } from 'mqtt-packet'
import { Registry } from 'prom-client'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createEmbeddedBroker } from '../src/broker/embedded.ts'
import { createLog } from '../src/log.ts'

/** Many acks in one. */
const ackBytes = 16 * 1024
/** More acks than the system ever holds for a connection that nobody reads: 64 MiB. */
const manyAcks = 4_096

const log = createLog({ level: 'silent' })
const options = { host: '127.0.0.1', port: 0, tls: null, cloudPassword: null, authenticate: async () => true, log }

/** A device that hears its acks by now, and reads none of them. */
async function logInDeaf(url: string, deviceId: string): Promise<Socket> {
  const socket = connectSocket(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  const login = { clientId: deviceId, username: deviceId, password: Buffer.from('any') }
  const version = { protocolId: 'MQTT', protocolVersion: 4 } as const
  socket.write(generate({ cmd: 'connect', ...version, clean: true, keepalive: 300, ...login }))
  await once(socket, 'data')
  const topic = streams.ack.topic(deviceId)
  socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] }))
  await once(socket, 'data')
  socket.pause()
  return socket
}

describe('a device that does not read its acks', async () => {
  const counters = createBrokerCounters(new Registry())
  const broker = createEmbeddedBroker({ ...options, counters })
  broker.onMessage(async () => {})
  const url = await broker.start()
  const honest = await connectAsync(url, { clientId: 'DEV-1', username: 'DEV-1', password: 'any' })
  after(async () => {
    honest.end(true)
    await broker.close()
  })
  await honest.subscribeAsync(streams.ack.topic('DEV-1'), { qos: 1 })
  const ack = (deviceId: string, text: string) =>
    broker.publish(streams.ack.topic(deviceId), text, { qos: 1, retain: false })
  const heardNext = () =>
    new Promise<string>((resolve) => honest.once('message', (_topic, payload) => resolve(String(payload))))
  const cutOff = async () =>
    (await counters.refused.get()).values.find(({ labels }) => labels.reason === 'unread')?.value ?? 0

  it('is cut off, also when it comes back, and no other device waits for it', async () => {
    for (let times = 1; times <= 2; times++) {
      const deaf = await logInDeaf(url, 'DEV-2')
      let sent = 0
      while ((await cutOff()) < times && sent < manyAcks) {
        const heard = heardNext()
        // Nothing of the deaf one's is waited for to be read, by whoever sends it.
        await ack('DEV-2', 'x'.repeat(ackBytes))
        await ack('DEV-1', `${++sent}`)
        assert.equal(await heard, `${sent}`)
      }
      assert.equal(await cutOff(), times)
      deaf.destroy()
    }
  })

  it('is not taken for one that reads as fast as it can', async () => {
    const before = await cutOff()
    for (let n = 0; n < 200; n++) {
      const heard = heardNext()
      await ack('DEV-1', 'x'.repeat(ackBytes))
      await heard
    }
    assert.equal(await cutOff(), before)
    assert.equal(honest.connected, true)
  })
})
