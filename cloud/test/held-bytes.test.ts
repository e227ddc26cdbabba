import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { logTopic } from '@fairmile/contract/topics.ts'
import { sql } from 'drizzle-orm'
import { connectAsync } from 'mqtt'
import { Registry } from 'prom-client'
import { freePort } from '../../scripts/free-port.ts'
import { until } from '../chaos/parts/until.ts'
import type { Broker } from '../src/broker/broker.ts'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createEmbeddedBroker } from '../src/broker/embedded.ts'
import { createExternalBroker } from '../src/broker/external.ts'
import { selectRows } from '../src/db/database.ts'
import { maxJudgedBytes, maxLineBytes, maxUnjudgedBytes } from '../src/ingest/held-bytes.ts'
import { createLog } from '../src/log.ts'
import { addDevice } from './devices.ts'
import { startIngest } from './ingest-rig.ts'
import { startOpenMosquitto } from './mosquitto.ts'
import { openStoppable } from './stoppable-postgres.ts'

const kib = 1024
/** What devices send that is no batch: dead letters as large as a batch may be, and four times as large, whose payload is let go of. */
const sizes = [64, 64, 64, 255].map((size) => size * kib)
const devices = 3
const messagesEach = 200
/** Queue, judging and lines. */
const mostHeld = maxUnjudgedBytes + maxJudgedBytes + 2 * maxLineBytes

const counters = () => createBrokerCounters(new Registry())
const log = createLog({ level: 'silent' })

const brokers: Record<string, () => Promise<Broker>> = {
  'the embedded broker': async () =>
    createEmbeddedBroker({
      ...{ host: '127.0.0.1', port: 0, tls: null, cloudPassword: null, counters: counters(), log },
      authenticate: async () => true,
    }),
  Mosquitto: async () => {
    const { url, kill } = await startOpenMosquitto(await freePort())
    after(kill)
    return createExternalBroker({ url, counters: counters(), log })
  },
}

describe('ingest while PostgreSQL stands still', async () => {
  const { postgres, database } = await openStoppable()
  const { db } = database
  let known = 0

  for (const [name, open] of Object.entries(brokers))
    it(`holds so many bytes at most of what comes by ${name}, and stores all of it afterwards`, async () => {
      let collected = 0
      globalThis.gc = (async () => void collected++) as typeof globalThis.gc
      after(() => {
        globalThis.gc = undefined
      })
      const broker = await open()
      const { ingest, counters } = startIngest(database)
      const at = async (): Promise<number> => (await counters.heldBytes.get()).values[0]?.value ?? 0
      let takenBytes = 0
      let waitingBytes = 0
      let mostWaitingBytes = 0
      broker.onMessage(async (message, options) => {
        const { length } = message.payload
        waitingBytes += length
        mostWaitingBytes = Math.max(mostWaitingBytes, waitingBytes)
        await ingest.take(message, options)
        waitingBytes -= length
        takenBytes += length
      })
      const url = await broker.start()
      after(() => broker.close())
      const ids: string[] = []
      for (let n = 0; n < devices; n++) ids.push((await addDevice(db, ++known)).id)
      const clients = await Promise.all(
        ids.map((id) => connectAsync(url, { clientId: id, username: id, password: 'any' })),
      )

      after(() => Promise.all(clients.map((client) => client.endAsync(true))))

      postgres.pause()
      using _ = { [Symbol.dispose]: () => postgres.resume() }
      const sending = clients.flatMap((client, car) =>
        Array.from({ length: messagesEach }, (_, n) => {
          const payload = Buffer.alloc(sizes[n % sizes.length]!, car)
          return client.publishAsync(logTopic(ids[car]!, 'telematics'), payload, { qos: 1 })
        }),
      )
      await until('the queue to be full', async () => (await counters.waited.get()).values[0]!.value > 0)
      await until('all that there is room for', () => waitingBytes > 0 && takenBytes > maxUnjudgedBytes - 256 * kib)
      assert.ok((await at()) <= mostHeld + mostWaitingBytes, `${await at()} bytes held`)
      assert.ok(takenBytes <= mostHeld, `${takenBytes} bytes taken`)
      assert.ok(mostWaitingBytes <= devices * 512 * kib, `${mostWaitingBytes} bytes wait`)

      postgres.resume()
      await Promise.all(sending)
      const letters = () =>
        selectRows<{ count: number }>(
          db,
          sql`SELECT count(*)::int AS count FROM dead_letters WHERE device_id = ANY(${sql.param(ids)}::text[])`,
        )
      const everything = devices * messagesEach
      await until('all of it to be stored', async () => (await letters())[0]?.count === everything)
      await ingest.stop()
      assert.equal(await at(), 0)
      assert.ok(collected > 0)
    })
})
