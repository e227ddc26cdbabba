import { staleBoundMs } from '../cache/cache.ts'
import type { CacheCounters } from '../cache/counters.ts'
import type { Far, FarKey, FarLook, FarStatistics, Invalidation } from '../cache/far.ts'
import { createCacheCommands } from './cache-commands.ts'
import { createEar } from './cache-ear.ts'
import { cacheChannel, createTeller } from './cache-teller.ts'
import { createCircuit } from './circuit.ts'
import { connectRedis, warnOnce } from './connection.ts'
import { keepAlive } from './keep-alive.ts'

/** Answers on their way to Redis: a second of misses. More are not kept. */
const maxKeeps = 500
interface RedisCacheOptions {
  readonly url: string
  readonly counters: CacheCounters
  readonly log: { warn: (details: object, message: string) => void }
  /** Told what other processes invalidate, and `all` when something may have been missed. */
  readonly heard: (what: Invalidation) => void
}

/**
 * The layer of the cache that processes share.
 *
 * Each run of the Redis server has keys of its own: what it brings back from a snapshot of an earlier run may have missed invalidations.
 */
export function createRedisCache({ url, counters, log, heard }: RedisCacheOptions): Far {
  const redis = connectRedis(url)
  const line = keepAlive(redis)
  const commands = createCacheCommands(redis)
  const ear = createEar({ url, channel: cacheChannel, boundMs: staleBoundMs, heard, foreign: () => failed('foreign') })
  warnOnce([redis, ear.redis], log, 'Redis is away: answers are kept in the memory of this process alone')
  const teller = createTeller({ redis, commands, log, by: ear.id, heard, failed: () => failed('error') })
  const circuit = createCircuit()
  const failed = (reason: string) => counters.farFailures.inc({ reason })
  let keeps = 0

  return {
    look: async (key: FarKey): Promise<FarLook | null> => {
      const id = teller.run()
      if (id === null || !circuit.isClosed()) {
        failed(id === null ? 'away' : 'slow')
        return null
      }
      const outcome = await circuit.ask(commands.look(id, key))
      if ('problem' in outcome) {
        failed(outcome.problem)
        return null
      }
      return outcome.value
    },
    keep: (key, kept) => {
      const run = teller.run()
      if (run === null) return
      if (keeps >= maxKeeps) {
        failed('busy')
        return
      }
      keeps++
      commands
        .keep(run, key, kept)
        .then((isKept) => !isKept && counters.refused.inc({ reason: 'stale' }))
        .catch(() => failed('error'))
        .finally(() => keeps--)
    },
    invalidate: teller.invalidate,
    hears: ear.hears,
    statistics: (): FarStatistics => ({
      state: teller.run() === null ? 'away' : circuit.isClosed() ? 'ready' : 'slow',
      owed: teller.owed(),
    }),
    close: async () => {
      ear.close()
      line.stop()
      redis.disconnect()
    },
  }
}
