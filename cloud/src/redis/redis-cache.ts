import { staleBoundMs } from '../cache/cache.ts'
import type { CacheCounters } from '../cache/counters.ts'
import type { Far, FarKey, FarLook, FarStatistics, Invalidation } from '../cache/far.ts'
import { createDebts } from './cache-debts.ts'
import { createEar } from './cache-ear.ts'
import * as scripts from './cache-scripts.ts'
import { createCircuit } from './circuit.ts'
import { connectRedis, type Redis, warnOnce } from './connection.ts'
import { runIdOf } from './run-id.ts'

const channel = 'fairmile:cache'
/** Life of a tag, milliseconds: longer than any answer's, so that tags of what is kept are there. One that is not costs a computation. */
const tagLifeMs = 2 * 3600 * 1000
/** The tag of everything, for an invalidation of all. */
const everything = '*'
/** Answers on their way to Redis: a second of misses. More are not kept. */
const maxKeeps = 500
/** Keys that a step of a SCAN looks at: it blocks Redis for less than a millisecond. */
const scanCount = 500
/** Longest that a change through the API waits for Redis to take its invalidation, milliseconds; it is owed after that. */
const invalidatePatienceMs = 250

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
 * A process that starts invalidates everything, since the one before it may have died owing invalidations.
 */
export function createRedisCache({ url, counters, log, heard }: RedisCacheOptions): Far {
  const redis = connectRedis(url)
  redis.defineCommand('fmLook', { lua: scripts.look })
  redis.defineCommand('fmKeep', { lua: scripts.keep })
  redis.defineCommand('fmMove', { lua: scripts.move })
  const ear = createEar({ url, channel, boundMs: staleBoundMs, heard, foreign: () => failed('foreign') })
  warnOnce([redis, ear.redis], log, 'Redis is away: answers are kept in the memory of this process alone')
  const circuit = createCircuit()
  const debts = createDebts()
  const failed = (reason: string) => counters.farFailures.inc({ reason })
  /** Of the run that is connected and owes nothing; null while there is none. */
  let run: string | null = null
  let keeps = 0

  debts.owe({ all: true })
  redis.on('close', () => {
    run = null
  })
  redis.on('ready', () => {
    settle().catch((error: Error) => {
      log.warn({ error: error.message }, 'what Redis is owed could not be told; it is not used until it is')
      redis.disconnect(true)
    })
  })

  /** Tells Redis what it was not told while it was away; only then it is asked again. */
  async function settle(): Promise<void> {
    const id = await runIdOf(redis)
    for (let what = debts.next(); what !== null; what = debts.next()) {
      await tell(id, what)
      debts.paid(what)
    }
    run = id
  }

  async function tell(id: string, what: Invalidation): Promise<void> {
    const tags = 'tags' in what ? what.tags : 'all' in what ? [everything] : []
    const moved = 'pattern' in what ? [keyOf(id, 'dropped')] : tags.map((tag) => tagKey(id, tag))
    const message = JSON.stringify({ ...what, by: ear.id })
    const keys = [keyOf(id, 'clock'), ...moved]
    await commandOf(redis, 'fmMove')(keys.length, ...keys, tagLifeMs, channel, message)
    if (!('pattern' in what)) return
    await unlink(redis, `${globSafe(keyOf(id, 'entry:'))}${what.pattern}#*`)
    // Once more, for who looked it up before it was removed.
    heard(what)
    await redis.publish(channel, message)
  }

  return {
    look: async ({ path, hash, tags }: FarKey): Promise<FarLook | null> => {
      const id = run
      if (id === null || !circuit.isClosed()) {
        failed(id === null ? 'away' : 'slow')
        return null
      }
      const keys = [keyOf(id, 'clock'), entryKey(id, path, hash), ...allTags(tags).map((tag) => tagKey(id, tag))]
      const outcome = await circuit.ask(commandOf(redis, 'fmLookBuffer')(keys.length, ...keys, tagLifeMs))
      if ('problem' in outcome) {
        failed(outcome.problem)
        return null
      }
      const [asOf, found] = outcome.value as [Buffer, Buffer?]
      return { asOf: asOf.toString(), found: found ?? null }
    },
    keep: ({ path, hash, tags }, { asOf, packed, ttlMs }) => {
      if (run === null) return
      if (keeps >= maxKeeps) {
        failed('busy')
        return
      }
      const keys = [
        keyOf(run, 'dropped'),
        entryKey(run, path, hash),
        ...allTags(tags).map((tag) => tagKey(run ?? '', tag)),
      ]
      keeps++
      commandOf(redis, 'fmKeep')(keys.length, ...keys, asOf, ttlMs, packed)
        .then((kept) => kept === 0 && counters.refused.inc({ reason: 'stale' }))
        .catch(() => failed('error'))
        .finally(() => keeps--)
    },
    invalidate: async (what) => {
      debts.owe(what)
      const id = run
      if (id === null) return
      const told = tell(id, what).then(
        () => debts.paid(what),
        () => {
          failed('error')
          redis.disconnect(true) // what it was told of this is not known: it is told again before it is asked again
        },
      )
      await patiently(told, invalidatePatienceMs)
    },
    hears: ear.hears,
    statistics: (): FarStatistics => ({
      state: run === null ? 'away' : circuit.isClosed() ? 'ready' : 'slow',
      owed: debts.count(),
    }),
    close: async () => {
      ear.close()
      redis.disconnect()
    },
  }
}

/** All keys of the cache lie in one slot of a cluster, as scripts ask. */
const keyOf = (run: string, name: string): string => `{fairmile:cache}:${run}:${name}`
const tagKey = (run: string, tag: string): string => keyOf(run, `tag:${tag}`)
const entryKey = (run: string, path: string, hash: string): string => keyOf(run, `entry:${path}#${hash}`)
const allTags = (tags: readonly string[]): string[] => [...tags, everything]
const globSafe = (text: string): string => text.replaceAll(/[[\]*?\\]/g, '\\$&')

/** A command that was defined by a script; ioredis has no types for it. */
function commandOf(redis: Redis, name: string): (...args: (string | number | Buffer)[]) => Promise<unknown> {
  const command = (redis as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]
  if (command === undefined) throw new Error(`Asking Redis: there is no command "${name}"`)
  return command.bind(redis)
}

/** Removes what matches, a stretch of keys at a time: KEYS would block Redis for all of them. */
async function unlink(redis: Redis, pattern: string): Promise<void> {
  let cursor = '0'
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', scanCount)
    if (found.length > 0) await redis.unlink(...found)
    cursor = next
  } while (cursor !== '0')
}

function patiently(work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    void work.then(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
