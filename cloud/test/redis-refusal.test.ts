import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Redis } from 'ioredis'
import { until } from '../chaos/parts/until.ts'
import { createCacheCommands } from '../src/redis/cache-commands.ts'
import { createTeller } from '../src/redis/cache-teller.ts'
import { connectRedis } from '../src/redis/connection.ts'
import { startRedis } from './redis-server.ts'

test('a Redis that refuses writes is tried again after waits that grow, warned of once, and used when it is well', async () => {
  const server = await startRedis()
  const admin = new Redis(server.url)
  after(async () => {
    admin.disconnect()
    await server.close()
  })
  await admin.config('SET', 'maxmemory', '1')
  const redis = connectRedis(server.url)
  after(() => redis.disconnect())
  const readyMs: number[] = []
  const warned: string[] = []
  redis.on('ready', () => readyMs.push(performance.now()))
  redis.on('error', () => undefined)
  const teller = createTeller({
    ...{ redis, commands: createCacheCommands(redis), by: 'test', heard: () => {}, failed: () => {}, random: () => 1 },
    log: { warn: (_details, message) => warned.push(message) },
  })

  await until('Redis to have its effect', () => readyMs.length === 4)
  const [first = 0, ...others] = readyMs
  assert.ok((others.at(-1) ?? 0) - first > 100 + 200 + 400)
  assert.deepEqual([teller.run(), teller.owed(), warned.length], [null, 1, 1])

  await admin.config('SET', 'maxmemory', '0')
  await until('Redis to have its effect', () => teller.run() !== null)
  assert.deepEqual([teller.owed(), warned.length], [0, 1])

  await admin.config('SET', 'maxmemory', '1')
  await teller.invalidate({ tags: ['driver:DRV-1'] })
  await until('Redis to have its effect', () => warned.length === 2)
  await admin.config('SET', 'maxmemory', '0')
  await until('Redis to have its effect', () => teller.owed() === 0)
})
