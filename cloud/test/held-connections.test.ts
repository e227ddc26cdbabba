import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { logTopic, streams } from '@fairmile/contract/topics.ts'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { Registry } from 'prom-client'
import { until } from '../chaos/parts/until.ts'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createEmbeddedBroker } from '../src/broker/embedded.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { unconnected } from '../src/db/unconnected.ts'
import { createIngestCounters } from '../src/ingest/counters.ts'
import { maxUnjudgedBytes } from '../src/ingest/held-bytes.ts'
import { createIngest } from '../src/ingest/ingest.ts'
import { createLog } from '../src/log.ts'

const batchBytes = 64 * 1024
const deviceId = 'DEV-1'
const log = createLog({ level: 'silent' })

describe('a device that is held back while nothing is stored', async () => {
  const broker = createEmbeddedBroker({
    ...{ host: '127.0.0.1', port: 0, tls: null, cloudPassword: null, authenticate: async () => true, log },
    counters: createBrokerCounters(new Registry()),
  })
  const counters = createIngestCounters(new Registry())
  // It is not started: nothing is taken from its queue, as while PostgreSQL stands still.
  const ingest = createIngest({
    database: { db: unconnected() } as OpenDatabase,
    ...{ publish: async () => {}, live: { publish: () => {} }, counters, log },
  })
  broker.onMessage(ingest.take)
  const url = await broker.start()
  after(() => broker.close())
  await ingest.take({ topic: logTopic('DEV-0', 'raw'), payload: Buffer.alloc(maxUnjudgedBytes) })

  const countOf = async (name: 'heldBytes' | 'givenUp') => (await counters[name].get()).values[0]?.value ?? 0
  const waitingBytes = async () => (await countOf('heldBytes')) - maxUnjudgedBytes
  const logIn = (options: IClientOptions): Promise<MqttClient> => {
    const login = { clientId: deviceId, username: deviceId, password: 'any', reconnectPeriod: 0 }
    return connectAsync(url, { ...login, ...options }, false)
  }

  it('is cut off as dead, and leaves nothing of what waited', async () => {
    for (let times = 1; times <= 3; times++) {
      const device = await logIn({ keepalive: 1 })
      device.on('error', () => {})
      const closed = new Promise<void>((resolve) => device.once('close', resolve))
      for (let n = 0; n < 4; n++) device.publish(logTopic(deviceId, 'telematics'), Buffer.alloc(batchBytes), { qos: 1 })
      await until('its batches to wait', async () => (await waitingBytes()) >= batchBytes)
      await closed
      device.end(true)
      await until('them to be given up', async () => (await waitingBytes()) === 0)
      assert.ok((await countOf('givenUp')) >= times)
    }
  })

  it('leaves its last will, once however often it comes and goes', async () => {
    const will = { topic: streams.state.topic(deviceId), payload: Buffer.alloc(100), qos: 1, retain: true } as const
    for (let times = 1; times <= 3; times++) {
      const before = await countOf('givenUp')
      const device = await logIn({ will })
      device.stream.destroy()
      const superseded = times === 1 ? 0 : 1
      await until('its will to wait', async () => (await waitingBytes()) > 0)
      await until('the one before to be given up', async () => (await countOf('givenUp')) >= before + superseded)
      assert.equal(await waitingBytes(), will.payload.length)
      device.end(true)
    }
    await ingest.stop()
    assert.equal(await waitingBytes(), 0)
  })
})
