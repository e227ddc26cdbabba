import type { LiveMessage } from '@fairmile/contract/live.ts'
import { backOffMs } from './back-off.ts'

/** Whether live messages can arrive; `waiting` tells when the next attempt is due. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'waiting'; retryAtMs: number; attempt: number }
  | { state: 'closed' }

/** What is used of a WebSocket. */
export interface SocketLike {
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: (() => void) | null
  close(): void
}

/** What is used of time. */
interface TimerClock {
  now(): number
  setTimeout(callback: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

export interface LiveSocketOptions {
  connect: () => SocketLike
  clock: TimerClock
  /** Uniform in [0, 1). */
  random: () => number
  onMessage: (message: LiveMessage) => void
  onConnection: (connection: Connection) => void
}

/** A connection is believed, and the back-off starts anew, after it lived this long, ms. */
const steadyAfterMs = 5_000

/** The live channel: connects, comes back with full-jitter back-off, and says how it stands. */
export interface LiveSocket {
  start(): void
  stop(): void
  /** Tries at once instead of waiting: the network is back, or the person asked. */
  retryNow(): void
  readonly connection: Connection
  /** Messages that were no known JSON and were left out. */
  readonly dropped: number
}

const kinds = new Set<LiveMessage['type']>(['driving_update', 'safety_alert', 'risk_score_update', 'pricing_update'])

/** A live message of its text, null where it is none. */
export function parseLiveMessage(data: unknown): LiveMessage | null {
  try {
    const message = JSON.parse(String(data)) as LiveMessage
    return kinds.has(message?.type) ? message : null
  } catch {
    return null
  }
}

/** Makes a `LiveSocket`; nothing happens before `start`. */
export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { connect, clock, random, onMessage, onConnection } = options
  let connection: Connection = { state: 'closed' }
  let socket: SocketLike | null = null
  let timer: unknown = null
  let attempt = 0
  let dropped = 0

  const become = (next: Connection) => {
    connection = next
    onConnection(next)
  }
  const open = () => {
    clock.clearTimeout(timer)
    become({ state: 'connecting' })
    const current = connect()
    socket = current
    current.onopen = () => {
      timer = clock.setTimeout(() => {
        attempt = 0
      }, steadyAfterMs)
      become({ state: 'open' })
    }
    current.onmessage = ({ data }) => {
      const message = parseLiveMessage(data)
      if (message) onMessage(message)
      else dropped += 1
    }
    current.onclose = () => {
      if (socket !== current) return
      socket = null
      clock.clearTimeout(timer)
      const waitMs = backOffMs(attempt, { random })
      attempt += 1
      timer = clock.setTimeout(open, waitMs)
      become({ state: 'waiting', retryAtMs: clock.now() + waitMs, attempt })
    }
  }
  return {
    start: () => {
      if (connection.state === 'closed') open()
    },
    stop: () => {
      if (connection.state === 'closed') return
      clock.clearTimeout(timer)
      const last = socket
      socket = null
      last?.close()
      attempt = 0
      become({ state: 'closed' })
    },
    retryNow: () => {
      if (connection.state === 'waiting') open()
    },
    get connection() {
      return connection
    },
    get dropped() {
      return dropped
    },
  }
}
