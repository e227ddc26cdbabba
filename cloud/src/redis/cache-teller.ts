import { backOffMs } from '../back-off.ts'
import type { Invalidation } from '../cache/far.ts'
import type { CacheCommands } from './cache-commands.ts'
import { createDebts } from './cache-debts.ts'
import type { Redis } from './connection.ts'
import { runIdOf } from './run-id.ts'

/** Where processes tell each other what is invalidated. */
export const cacheChannel = 'fairmile:cache'
/** Longest that a change through the API waits for Redis to take its invalidation, milliseconds; it is owed after that. */
const invalidatePatienceMs = 250
/** Waits of a Redis that answers and takes nothing (full, or a replica), before it is told again. */
const retries = { firstMs: 100, maxMs: 5_000 }

interface TellerOptions {
  readonly redis: Redis
  readonly commands: CacheCommands
  readonly log: { warn: (details: object, message: string) => void }
  /** This process, so that it need not hear itself. */
  readonly by: string
  /** Told of a pattern once its entries are removed, for who looked one up before. */
  readonly heard: (what: Invalidation) => void
  /** Told of an invalidation that Redis may not have taken. */
  readonly failed: () => void
  /** In [0, 1). */
  readonly random?: () => number
}

/** Tells Redis and the other processes what is invalidated, now or when Redis is back. */
interface Teller {
  /** The run of the server that is connected and owed nothing; null while there is none. */
  run: () => string | null
  /** Waits for Redis, but not for long. Never throws. */
  invalidate: (what: Invalidation) => Promise<void>
  /** Invalidations that it was not told yet. */
  owed: () => number
}

/** A process that starts invalidates everything, since the one before it may have died owing invalidations. */
export function createTeller({ redis, commands, log, by, heard, failed, random }: TellerOptions): Teller {
  const debts = createDebts()
  let run: string | null = null
  /** Since it last took everything. */
  let failures = 0
  let retry: NodeJS.Timeout | undefined

  debts.owe({ all: true })
  redis.on('close', () => {
    run = null
    clearTimeout(retry)
  })
  redis.on('ready', () => {
    settle().then(() => {
      failures = 0
    }, refused)
  })

  function refused(error: Error): void {
    if (redis.status !== 'ready') return // the connection is lost, and made anew
    if (failures === 0)
      log.warn({ error: error.message }, 'what Redis is owed could not be told; it is not used until it is')
    // On a new connection: behind the same address there may be another server by then, which takes it.
    retry = setTimeout(() => redis.disconnect(true), backOffMs(retries, failures++, random))
    retry.unref()
  }

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
    const told = { channel: cacheChannel, message: JSON.stringify({ ...what, by }) }
    if (!('pattern' in what)) return commands.move(id, 'tags' in what ? what.tags : null, told)
    await commands.drop(id, what.pattern, told)
    heard(what)
    await redis.publish(told.channel, told.message)
  }

  return {
    run: () => run,
    invalidate: async (what) => {
      debts.owe(what)
      if (run === null) return
      const told = tell(run, what).then(
        () => debts.paid(what),
        () => {
          failed()
          redis.disconnect(true) // what it was told of this is not known: it is told again before it is asked again
        },
      )
      await patiently(told, invalidatePatienceMs)
    },
    owed: debts.count,
  }
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
