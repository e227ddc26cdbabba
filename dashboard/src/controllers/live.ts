import type { LiveMessage, LiveState } from '@fairmile/contract/live.ts'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api } from '../data/api.ts'
import { LiveHistory } from '../data/live-history.ts'
import { type Connection, createLiveSocket, type LiveSocket, type SocketLike } from '../data/live-socket.ts'
import { addAlerts, type LiveAlert, mergeAlerts } from '../data/merge-alerts.ts'
import { loadRunningTrip, type TripView } from '../data/trip-view.ts'
import { Resource } from './resource.ts'

/** Without a word for this long the car is taken as silent, ms: ten times its pace. */
const silentAfterMs = 10_000

/** While a stretch of the trip is missing, what is stored is read again this often, ms: the car sends it once a minute. */
const readAgainMs = 10_000
/** A stretch that is missing for longer than this is not waited for any more, ms. */
const waitedForMs = 180_000

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

/**
 * The live channel of a page: newest state, its last minutes, alerts, and the connection.
 *
 * What the trip had before the page was opened, or while the connection was lost, is read from what is stored.
 */
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
  readonly #stored: Resource<string, TripView>
  #driverId: string | null = null
  #heardAtMs = 0
  #askedAtMs = 0
  #pulse: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    this.#stored = new Resource(host, (tripId: string, signal) => this.#fill(tripId, signal))
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
        this.#follow(connection)
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
    this.#stored.want(null)
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

  #follow(connection: Connection): void {
    // What could not be loaded while the cloud was away is loaded now.
    if (connection.state === 'open') dispatchEvent(new Event('fm-reachable'))
    // A browser does not say why a socket was refused: where the log-in is over, this answer tells the page.
    if (connection.state === 'waiting' && connection.attempt > 1) void api.me().catch(() => {})
    this.connection = connection
    this.#draw()
  }

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
      this.#readStored(message.state)
    } else if (message.type === 'safety_alert') {
      const others = this.alerts.filter(({ eventId }) => eventId !== message.eventId)
      this.alerts = addAlerts([message], others)
    } else {
      this.revision += 1
      // The score of a trip comes when it is over; the car itself says nothing more then.
      const scored = message.type === 'risk_score_update' && message.tripId
      if (this.state && scored === this.state.tripId) this.state = { ...this.state, tripId: null }
    }
    this.#draw()
  }

  /** Reads what is stored once for each trip, and again while a stretch is missing that can still come. */
  #readStored({ at, tripId }: LiveState): void {
    if (tripId === null) return
    this.#stored.want(tripId)
    const { hole } = this.history
    const { status } = this.#stored.state
    const isDue = status !== 'loading' && Date.now() - this.#askedAtMs > readAgainMs
    if (isDue && (status === 'failed' || (hole && at - hole.toMs < waitedForMs))) void this.#stored.reload()
  }

  async #fill(tripId: string, signal: AbortSignal): Promise<TripView> {
    this.#askedAtMs = Date.now()
    const view = await loadRunningTrip(this.#driverId ?? '', tripId, signal)
    signal.throwIfAborted()
    this.history.fill(tripId, view.trip.startAt, view.table)
    this.alerts = mergeAlerts(this.alerts, tripId, view.events)
    this.#draw()
    return view
  }
}

function openWebSocket(): SocketLike {
  const url = new URL('/api/v1/live', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(url) as SocketLike
}
