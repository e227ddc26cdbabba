import type { Options, Sql, TransactionSql } from 'postgres'
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

/** Connections in two tiers. */
export interface Pool {
  /** What Drizzle runs its statements and transactions on. */
  readonly client: Sql
  /** Connections that a caller keeps to itself, such as for LISTEN. */
  readonly base: Sql
  /** Gives a connection's worth of work, on whichever tier is free. @throws {PoolTimeoutError} */
  use<T>(work: (sql: Sql) => PromiseLike<T>): Promise<T>
  state(): PoolState
  end(options: { timeout: number }): Promise<void>
}

/**
 * Makes a pool out of two of the driver's: the base keeps its connections, the overflow closes what is idle.
 *
 * The driver alone would let callers wait for ever, and knows one size; so who wants a connection waits here, in order.
 * @param connect makes a client of the driver with these options
 */
export function createPool(connect: (options: Options<Record<string, never>>) => Sql, sizes: PoolSizes): Pool {
  const { base, overflow, recycleS, timeoutS } = sizes
  let open = 0
  const tier = (most: number, idle: { idle_timeout?: number }) => {
    const sql: Sql = connect({
      ...{ ...idle, max: most, max_lifetime: recycleS, connect_timeout: timeoutS },
      // Every new connection is told the server's version; the driver says so where it differs from what it knows.
      onparameter(key) {
        if (key !== 'server_version') return
        open++
        delete (sql.parameters as Record<string, string>)[key]
      },
      onclose() {
        open = Math.max(0, open - 1) // one that was never made is closed too
      },
    })
    return { sql, free: most }
  }
  const tiers = [tier(base, {}), ...(overflow > 0 ? [tier(overflow, { idle_timeout: overflowIdleS })] : [])]
  type Tier = (typeof tiers)[number]
  const waiting: ((tier: Tier) => void)[] = []
  let timeouts = 0

  const take = (): Promise<Tier> => {
    const tier = tiers.find(({ free }) => free > 0)
    if (tier) {
      tier.free--
      return Promise.resolve(tier)
    }
    return new Promise((resolve, reject) => {
      const giveUp = (why: string) => {
        timeouts++
        reject(new PoolTimeoutError(`Waiting for a connection to PostgreSQL: all ${base + overflow} are busy ${why}`))
      }
      if (waiting.length >= maxWaiting) return giveUp(`and ${maxWaiting} wait already`)
      const turn = (tier: Tier) => {
        clearTimeout(timer)
        resolve(tier)
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1)
        giveUp(`and none was free for ${timeoutS} s; DATABASE_POOL and DATABASE_POOL_OVERFLOW say how many there are`)
      }, timeoutS * 1000)
      waiting.push(turn)
    })
  }
  const giveBack = (tier: Tier): void => {
    const next = waiting.shift()
    if (next) next(tier)
    else tier.free++
  }
  const use = async <T>(work: (sql: Sql) => PromiseLike<T>): Promise<T> => {
    const tier = await take()
    try {
      return await work(tier.sql)
    } finally {
      giveBack(tier)
    }
  }
  return {
    client: clientOf(tiers[0]!.sql, use, createPrepared()),
    base: tiers[0]!.sql,
    use,
    state() {
      const free = tiers.reduce((sum, tier) => sum + tier.free, 0)
      return { open, busy: base + overflow - free, waiting: waiting.length, timeouts }
    },
    end: async (options) => void (await Promise.all(tiers.map(({ sql }) => sql.end(options)))),
  }
}

/** The part of the driver's client that Drizzle calls, on connections of the pool. */
function clientOf(base: Sql, use: Pool['use'], prepared: (text: string) => boolean): Sql {
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
  return { options: base.options, unsafe, begin } as unknown as Sql
}
