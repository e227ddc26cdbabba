import type { Sql, TransactionSql } from 'postgres'
import { type Connect, createPlace, type Place } from './place.ts'
import { createPrepared, preparing } from './prepared.ts'
import { beginUntilLost } from './until-lost.ts'

/** How many connections a process has to its server, and for how long. */
export interface PoolSizes {
  /** Kept open once they were needed. @default 10 */
  base: number
  /** More of them while all of those are busy; closed when nobody needs them. @default 20 */
  overflow: number
  /** A connection is closed and made anew after so long, s: its server process gives memory back. @default 3600 */
  recycleS: number
  /** Longest wait for a connection, s: to be made, and to be free. @default 30 */
  timeoutS: number
}

/** What they mean for a server is in docs/guides/partitions.md ("Connections"). */
export const poolDefaults: PoolSizes = { base: 10, overflow: 20, recycleS: 3600, timeoutS: 30 }

/** Seconds until an overflow connection that nobody needs is closed: longer than the pauses of a burst. */
const overflowIdleS = 30
/** Who may wait for a connection; more than any burst of requests, so that a server that is gone does not fill the memory. */
const maxWaiting = 10_000

/** No connection was free in time. */
class PoolTimeoutError extends Error {
  override readonly name = 'PoolTimeoutError'
  readonly code = 'POOL_TIMEOUT'
}

/** What a pool does at the moment. */
export interface PoolState {
  open: number
  busy: number
  waiting: number
  /** Waits that were given up, since the start. */
  timeouts: number
}

/** Connections in two tiers: those that stay, and more while all of them are busy. */
export interface Pool {
  /** What Drizzle runs its statements and transactions on. */
  readonly client: Sql
  /** Gives a connection's worth of work, on whichever tier is free. @throws {PoolTimeoutError} */
  use<T>(work: (sql: Sql) => PromiseLike<T>): Promise<T>
  state(): PoolState
  end(options: { timeout: number }): Promise<void>
}

/**
 * Makes a pool of places for a connection each: those of the base keep theirs, those of the overflow close what is idle.
 *
 * The driver's own pool would let callers wait for ever and knows one size; so who wants a connection waits here, in order. The place that came
 * back last goes first, so that few connections are in use where few are needed.
 */
export function createPool(connect: Connect, sizes: PoolSizes): Pool {
  const { base, overflow, recycleS, timeoutS } = sizes
  let open = 0
  const count = (by: 1 | -1): void => {
    open += by
  }
  const tier = (most: number, idleS: number | null): Place[] =>
    Array.from({ length: most }, () => createPlace({ connect, timeoutS, recycleS, idleS, count }))
  const places = [...tier(base, null), ...tier(overflow, overflowIdleS)]
  /** Those that nobody has: of the base, and of the overflow. */
  const free = [places.slice(0, base), places.slice(base)] as const
  const waiting: ((place: Place) => void)[] = []
  let timeouts = 0

  const take = (): Promise<Place> => {
    const place = free.find(({ length }) => length > 0)?.pop()
    if (place) return Promise.resolve(place)
    return new Promise((resolve, reject) => {
      const giveUp = (why: string) => {
        timeouts++
        reject(new PoolTimeoutError(`Waiting for a connection to PostgreSQL: all ${base + overflow} are busy ${why}`))
      }
      if (waiting.length >= maxWaiting) return giveUp(`and ${maxWaiting} wait already`)
      const turn = (given: Place) => {
        clearTimeout(timer)
        resolve(given)
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1)
        giveUp(`and none was free for ${timeoutS} s; DATABASE_POOL and DATABASE_POOL_OVERFLOW say how many there are`)
      }, timeoutS * 1000)
      waiting.push(turn)
    })
  }
  const giveBack = (place: Place): void => {
    const next = waiting.shift()
    if (next) next(place)
    else free[places.indexOf(place) < base ? 0 : 1].push(place)
  }
  const use = async <T>(work: (sql: Sql) => PromiseLike<T>): Promise<T> => {
    const place = await take()
    try {
      return await place.lend(work)
    } finally {
      giveBack(place)
    }
  }
  return {
    client: clientOf(places[0]!.options, use, createPrepared()),
    use,
    state() {
      const idle = free.reduce((sum, { length }) => sum + length, 0)
      return { open, busy: places.length - idle, waiting: waiting.length, timeouts }
    },
    end: async (options) => void (await Promise.all(places.map((place) => place.end(options)))),
  }
}

/** The part of the driver's client that Drizzle calls, on connections of the pool. */
function clientOf(options: Sql['options'], use: Pool['use'], prepared: (text: string) => boolean): Sql {
  const unsafe = (...args: Parameters<Sql['unsafe']>) => {
    const rows = (): Promise<unknown> => use((sql) => preparing(sql, prepared)(...args))
    return {
      values: () => use((sql) => preparing(sql, prepared)(...args).values()),
      // biome-ignore lint/suspicious/noThenProperty: the driver's query runs when it is awaited, and so does this
      then: (done: (rows: unknown) => unknown, failed: (error: unknown) => unknown) => rows().then(done, failed),
    }
  }
  const begin = (work: (tx: TransactionSql) => unknown) =>
    use((sql) => beginUntilLost(sql, (tx) => work(Object.assign(tx, { unsafe: preparing(tx, prepared) }))))
  return { options, unsafe, begin } as unknown as Sql
}
