import type { FarKey, FarLook } from '../cache/far.ts'
import * as scripts from './cache-scripts.ts'
import type { Redis } from './connection.ts'

/** Life of a tag, milliseconds: longer than any answer's, so that tags of what is kept are there. One that is not costs a computation. */
const tagLifeMs = 2 * 3600 * 1000
/** The tag of everything, for an invalidation of all. */
const everything = '*'
/** Keys that a step of a SCAN looks at: it blocks Redis for less than a millisecond. */
const scanCount = 500
/** What is told to every process, in the same step. */
interface Told {
  readonly channel: string
  readonly message: string
}

/** What the cache asks of Redis, by the keys of a run of the server. All of it throws where Redis does. */
export interface CacheCommands {
  look: (run: string, key: FarKey) => Promise<FarLook>
  /** False where a tag moved since `asOf`. */
  keep: (run: string, key: FarKey, kept: { asOf: string; packed: Buffer; ttlMs: number }) => Promise<boolean>
  /** Moves tags; null moves everything. */
  move: (run: string, tags: readonly string[] | null, told: Told) => Promise<void>
  /** Removes the entries whose path matches. */
  drop: (run: string, pattern: string, told: Told) => Promise<void>
}

export function createCacheCommands(redis: Redis): CacheCommands {
  redis.defineCommand('fmLook', { lua: scripts.look })
  redis.defineCommand('fmKeep', { lua: scripts.keep })
  redis.defineCommand('fmMove', { lua: scripts.move })

  const moveKeys = async (run: string, moved: readonly string[], { channel, message }: Told): Promise<void> => {
    const keys = [keyOf(run, 'clock'), ...moved]
    await commandOf(redis, 'fmMove')(keys.length, ...keys, tagLifeMs, channel, message)
  }

  return {
    look: async (run, { path, hash, tags }) => {
      const keys = [keyOf(run, 'clock'), entryKey(run, path, hash), ...allTags(tags).map((tag) => tagKey(run, tag))]
      const looked = await commandOf(redis, 'fmLookBuffer')(keys.length, ...keys, tagLifeMs)
      const [asOf, found] = looked as [Buffer, Buffer?]
      return { asOf: asOf.toString(), found: found ?? null }
    },
    keep: async (run, { path, hash, tags }, { asOf, packed, ttlMs }) => {
      const keys = [keyOf(run, 'dropped'), entryKey(run, path, hash), ...allTags(tags).map((tag) => tagKey(run, tag))]
      return (await commandOf(redis, 'fmKeep')(keys.length, ...keys, asOf, ttlMs, packed)) !== 0
    },
    move: (run, tags, told) =>
      moveKeys(
        run,
        (tags ?? [everything]).map((tag) => tagKey(run, tag)),
        told,
      ),
    drop: async (run, pattern, told) => {
      await moveKeys(run, [keyOf(run, 'dropped')], told)
      await unlink(redis, `${globSafe(keyOf(run, 'entry:'))}${pattern}#*`)
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
