import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, it } from 'node:test'
import { logTopic, streams } from '@fairmile/contract/topics.ts'
import { connectAsync } from 'mqtt'
import { Registry } from 'prom-client'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createExternalBroker } from '../src/broker/external.ts'
import { createLog } from '../src/log.ts'

const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

/** Starts a Mosquitto of this test's own; gives its address. */
async function startMosquitto(): Promise<string> {
  if (!program)
    throw new Error('This test starts a real Mosquitto: install the Debian package "mosquitto" (npm test does)')
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-mosquitto-'))
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`)
  const child = spawn(program, ['-c', file, '-v'], { stdio: ['ignore', 'ignore', 'pipe'] })
  after(() => {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  for await (const line of createInterface(child.stderr)) if (line.includes('running')) break
  return `mqtt://127.0.0.1:${port}`
}

const brokerAt = (url: string) =>
  createExternalBroker({ url, counters: createBrokerCounters(new Registry()), log: createLog({ level: 'silent' }) })

describe('createExternalBroker', () => {
  it('gives the messages of every device to the handler, one after the other, and the cloud’s to the device', async () => {
    const url = await startMosquitto()
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
})
