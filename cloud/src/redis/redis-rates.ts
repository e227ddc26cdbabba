import { createRateMemory, type RateStore } from '../limits/rate-store.ts'
import { createCircuit } from './circuit.ts'
import { connectRedis, warnOnce } from './connection.ts'
import { keepAlive } from './keep-alive.ts'

const prefix = 'fairmile:rate:'

/** KEYS key ARGV window in ms. Counts, and gives how many there are in the window and what is left of it. */
const take = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
`

/** Requests counted for all processes together; while Redis is away or slow each process counts its own. */
export function createRedisRates({
  url,
  log,
}: {
  url: string
  log: { warn: (details: object, message: string) => void }
}): RateStore & { close: () => void } {
  const redis = connectRedis(url)
  const line = keepAlive(redis)
  redis.defineCommand('fmTake', { numberOfKeys: 1, lua: take })
  warnOnce([redis], log, 'Redis is away: each process limits requests by its own count')
  const here = createRateMemory()
  const circuit = createCircuit()
  const ask = (redis as unknown as { fmTake: (key: string, windowMs: number) => Promise<[number, number]> }).fmTake
  return {
    take: async (key, windowMs) => {
      if (redis.status !== 'ready' || !circuit.isClosed()) return here.take(key, windowMs)
      const asked = await circuit.ask(ask.call(redis, prefix + key, windowMs))
      if ('problem' in asked) return here.take(key, windowMs)
      const [count, leftMs] = asked.value
      return { count, leftMs: Math.max(0, leftMs) }
    },
    close: () => {
      line.stop()
      redis.disconnect()
    },
  }
}
