import type { Options, Sql } from 'postgres'
import { isLost } from './until-lost.ts'

/** A connection that closed before it answered, or could not be made in time; the code is one of the driver's for that. */
class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  readonly code: 'CONNECTION_CLOSED' | 'CONNECT_TIMEOUT'

  constructor(code: ConnectionLostError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Makes a client of the driver. */
export type Connect = (options: Options<Record<string, never>>) => Sql

/** The driver can end its connections again after `end`, which its types do not say. */
type Closable = Sql & { close(): Promise<void> }

interface PlaceOptions {
  readonly connect: Connect
  /** Longest wait for a connection to be made, s. */
  readonly timeoutS: number
  /** A connection is closed after so long, and another is made when it is needed, s. */
  readonly recycleS: number
  /** One that nobody needs for so long is closed, s; null keeps it. */
  readonly idleS: number | null
  /** Told when a connection was made, and when it closed. */
  readonly count: (by: 1 | -1) => void
}

/** Room for one connection, which is made when it is needed. */
export interface Place {
  /** Lends it for a piece of work, one at a time. @throws what the work does, or that the connection was lost */
  lend<T>(work: (sql: Sql) => PromiseLike<T>): Promise<T>
  /** The driver's options, for who reads its values. */
  readonly options: Sql['options']
  end(options: { timeout: number }): Promise<void>
}

/**
 * Makes a place of a client of the driver that has one connection, and is given up with it.
 *
 * The driver would connect again by itself, but what it is asked between a connection's error and its end is never answered, and it waits
 * longer each time. Its list of open connections grows with every query until all of them are busy at once, and is searched for each
 * (240,000 queries make it three times slower): with one connection it is never longer than that.
 */
export function createPlace(options: PlaceOptions): Place {
  const { timeoutS, idleS, count } = options
  let ended = false
  /** Set while it is lent: called when the connection closes. */
  let lost: (() => void) | null = null
  let isOld = false
  let isConnected = false
  let idle: NodeJS.Timeout | undefined
  const client = () => connectOnce(options, { opened, old: retire, closed })
  let sql = client()

  function opened(made: Sql): boolean {
    // What was given up while it waited to connect connects all the same, and nobody needs it.
    if (made !== sql || ended) return false
    isConnected = true
    count(1)
    return true
  }

  function closed(made: Sql): void {
    count(-1)
    if (made !== sql) return
    isConnected = false
    if (lost) lost()
    else renew()
  }

  function retire(made: Sql): void {
    if (made !== sql) return
    if (lost) isOld = true
    else renew()
  }

  function renew(): void {
    const over = sql
    isOld = false
    isConnected = false
    if (!ended) sql = client()
    over.end({ timeout: 0 }).catch(() => {}) // it is over already
  }

  return {
    async lend(work) {
      clearTimeout(idle)
      const loss = awaitLoss(() => isConnected, timeoutS)
      lost = loss.closed
      let isGone = false
      try {
        return await Promise.race([work(sql), loss.promise])
      } catch (error) {
        isGone = isLost(error)
        throw error
      } finally {
        lost = null
        loss.end()
        if (isGone || loss.isSeen() || isOld) renew()
        else if (idleS !== null) idle = setTimeout(renew, idleS * 1000).unref()
      }
    },
    get options() {
      return sql.options
    },
    async end(how) {
      ended = true
      clearTimeout(idle)
      await sql.end(how)
    },
  }
}

/** Told of a client's only connection: whether it is wanted when it was made, then that it is old, and that it closed. */
interface Life {
  opened(made: Sql): boolean
  old(made: Sql): void
  closed(made: Sql): void
}

function connectOnce({ connect, timeoutS, recycleS }: PlaceOptions, { opened, old, closed }: Life): Sql {
  let recycle: NodeJS.Timeout | null = null
  const made = connect({
    ...{ max: 1, max_lifetime: null, connect_timeout: timeoutS },
    // Told by each new connection.
    onparameter(key) {
      if (key !== 'server_version') return
      delete (made.parameters as Record<string, string>)[key] // or it is not told again
      if (!opened(made)) return void (made as Closable).close().catch(() => {})
      recycle = setTimeout(() => old(made), recycleS * 1000).unref()
    },
    onclose() {
      if (recycle === null) return // it was never made
      clearTimeout(recycle)
      recycle = null
      closed(made)
    },
  })
  return made
}

/** Rejects once a connection is lost, which its client may never say: it is told that it closed, or it is not made in time. */
function awaitLoss(isConnected: () => boolean, timeoutS: number) {
  const { promise, reject } = Promise.withResolvers<never>()
  let isSeen = false
  const giveUp = (code: ConnectionLostError['code'], why: string): void => {
    isSeen = true
    // After what the driver says of it, if it does.
    setImmediate(() => reject(new ConnectionLostError(code, why)))
  }
  // Where one is closed before it is made, the driver begins again for ever.
  const late = () => {
    if (!isConnected()) giveUp('CONNECT_TIMEOUT', `Connecting to PostgreSQL: not made within ${timeoutS} s`)
  }
  const timer = isConnected() ? undefined : setTimeout(late, timeoutS * 1000)
  const unknown = 'whether it did what it was asked is not known'
  return {
    promise,
    isSeen: () => isSeen,
    closed: () => giveUp('CONNECTION_CLOSED', `The connection to PostgreSQL closed before it answered; ${unknown}`),
    end: () => clearTimeout(timer),
  }
}
