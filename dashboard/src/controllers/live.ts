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

/**
 * What the newest state says of the car.
 *
 * @param ageMs how long ago it arrived here; its own `at` is the car's clock, which is another one where a recording is played
 */
export function carStateOf(state: LiveState | null, ageMs: number): CarState {
  if (!state) return 'unknown'
  if (state.tripId === null) return 'parked'
  if (ageMs > silentAfterMs) return 'silent'
  return (state.speedMps ?? 0) > standingMps ? 'moving' : 'standing'
}

/** The live channel of a page: newest state, its last minutes, alerts, and the connection. */
export class LiveController implements ReactiveController {
  connection: Connection = { state: 'closed' }
  state: LiveState | null = null
  alerts: LiveAlert[] = []
  /** Counts everything that a page should draw anew for, and what made stored data newer. */
  beat = 0
  revision = 0
  readonly history = new LiveHistory()
  readonly #host: ReactiveControllerHost
  readonly #socket: LiveSocket
  #driverId: string | null = null
  #heardAtMs = 0
  #pulse: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
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
        this.#draw()
      },
    })
    host.addController(this)
  }

  get car(): CarState {
    return carStateOf(this.state, Date.now() - this.#heardAtMs)
  }

  retryNow(): void {
    this.#socket.retryNow()
  }

  /** Follows a driver's car, or nobody's; messages of others, which an admin gets too, are left out. */
  follow(driverId: string | null): void {
    if (driverId === this.#driverId) return
    this.#driverId = driverId
    this.state = null
    this.alerts = []
    this.history.clear()
    if (driverId === null) this.#socket.stop()
    else this.#socket.start()
  }

  hostConnected(): void {
    addEventListener('online', this.#onOnline)
    // Silence and the count-down to the next attempt are seen by looking again.
    this.#pulse = setInterval(() => this.#draw(), 1_000)
  }

  hostDisconnected(): void {
    this.follow(null)
    removeEventListener('online', this.#onOnline)
    clearInterval(this.#pulse)
  }

  readonly #onOnline = (): void => this.#socket.retryNow()

  #draw(): void {
    this.beat += 1
    this.#host.requestUpdate()
  }

  #take(message: LiveMessage): void {
    if (message.driverId !== this.#driverId) return
    if (message.type === 'driving_update') {
      if (!this.history.push(message.state)) return
      if (this.state && this.state.tripId !== message.state.tripId) this.revision += 1
      this.state = message.state
      this.#heardAtMs = Date.now()
    } else if (message.type === 'safety_alert') this.alerts = [message, ...this.alerts].slice(0, maxAlerts)
    else {
      this.revision += 1
      // The score of a trip comes when it is over; the car itself says nothing more then.
      const scored = message.type === 'risk_score_update' && message.tripId
      if (this.state && scored === this.state.tripId) this.state = { ...this.state, tripId: null }
    }
    this.#draw()
  }
}

function openWebSocket(): SocketLike {
  const url = new URL('/api/v1/live', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(url) as SocketLike
}
