import type { LiveMessage, LiveState } from '@fairmile/contract/live.ts'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { LiveHistory } from '../data/live-history.ts'
import { type Connection, createLiveSocket, type LiveSocket, type SocketLike } from '../data/live-socket.ts'

/** A message as events lists show it. */
export type LiveAlert = Extract<LiveMessage, { type: 'safety_alert' }>

/** Alerts kept for the list: more than a screen shows; the trip's page has all of them. */
const maxAlerts = 20

/** Without a word for this long the car is taken as silent, ms: ten times its pace. */
const silentAfterMs = 10_000

/** Slower than this the car is taken as standing, m/s. */
const standingMps = 0.5

/** Where the car is, as far as is known. */
export type CarState = 'unknown' | 'moving' | 'standing' | 'parked' | 'silent'

/** What the newest state says of the car at `nowMs`. */
export function carStateOf(state: LiveState | null, nowMs: number): CarState {
  if (!state) return 'unknown'
  if (nowMs - state.at > silentAfterMs) return state.tripId === null ? 'parked' : 'silent'
  if (state.tripId === null) return 'parked'
  return (state.speedMps ?? 0) > standingMps ? 'moving' : 'standing'
}

/** The live channel of a page: newest state, its last minutes, alerts, and the connection. */
export class LiveController implements ReactiveController {
  connection: Connection = { state: 'closed' }
  state: LiveState | null = null
  alerts: LiveAlert[] = []
  readonly history = new LiveHistory()
  readonly #host: ReactiveControllerHost
  readonly #socket: LiveSocket
  readonly #onMessage: (message: LiveMessage) => void
  #pulse: ReturnType<typeof setInterval> | undefined

  /** @param onMessage hears every message, after this controller took it in */
  constructor(host: ReactiveControllerHost, onMessage: (message: LiveMessage) => void = () => {}) {
    this.#host = host
    this.#onMessage = onMessage
    this.#socket = createLiveSocket({
      connect: openWebSocket,
      clock: {
        now: Date.now,
        setTimeout: (callback, ms) => setTimeout(callback, ms),
        clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      },
      random: Math.random,
      onMessage: (message) => this.#take(message),
      onConnection: (connection) => {
        this.connection = connection
        host.requestUpdate()
      },
    })
    host.addController(this)
  }

  get car(): CarState {
    return carStateOf(this.state, Date.now())
  }

  retryNow(): void {
    this.#socket.retryNow()
  }

  hostConnected(): void {
    this.#socket.start()
    addEventListener('online', this.#onOnline)
    // Silence and the count-down to the next attempt are seen by looking again.
    this.#pulse = setInterval(() => this.#host.requestUpdate(), 1_000)
  }

  hostDisconnected(): void {
    this.#socket.stop()
    removeEventListener('online', this.#onOnline)
    clearInterval(this.#pulse)
  }

  readonly #onOnline = (): void => this.#socket.retryNow()

  #take(message: LiveMessage): void {
    if (message.type === 'driving_update' && this.history.push(message.state)) this.state = message.state
    if (message.type === 'safety_alert') this.alerts = [message, ...this.alerts].slice(0, maxAlerts)
    this.#onMessage(message)
    this.#host.requestUpdate()
  }
}

function openWebSocket(): SocketLike {
  const url = new URL('/api/v1/live', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(url) as SocketLike
}
