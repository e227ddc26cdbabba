import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { ApiError } from '../data/api-error.ts'
import { backOffMs } from '../data/back-off.ts'

/** Bound of the wait before the first try by itself, ms; later ones wait longer, half a minute at most. */
const firstWaitMs = 2_000

/** How a piece of data stands; `value` outlives failures, so that what is known stays on the screen. */
export interface ResourceState<T> {
  status: 'idle' | 'loading' | 'ready' | 'failed'
  value: T | null
  error: ApiError | null
  /** Epoch milliseconds of `value`, null before the first. */
  loadedAtMs: number | null
}

/**
 * A value that a host loads, and loads anew when its key changes, when asked, or when the cloud can be reached again.
 *
 * Where no answer came it asks again by itself: the server can have been away while the network was there, of which no browser tells.
 */
export class Resource<K, T> implements ReactiveController {
  state: ResourceState<T> = { status: 'idle', value: null, error: null, loadedAtMs: null }
  readonly #host: ReactiveControllerHost
  readonly #load: (key: K, signal: AbortSignal) => Promise<T>
  #key: K | null = null
  #running: AbortController | null = null
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, load: (key: K, signal: AbortSignal) => Promise<T>) {
    this.#host = host
    this.#load = load
    host.addController(this)
  }

  get value(): T | null {
    return this.state.value
  }

  /** Loads for a key, once for each; null empties. Cheap to call from `willUpdate`. */
  want(key: K | null): void {
    if (Object.is(key, this.#key)) return
    this.#key = key
    this.#attempt = 0
    this.#stop()
    this.#become({ status: 'idle', value: null, error: null, loadedAtMs: null })
    if (key !== null) void this.reload()
  }

  /** Loads again and keeps the old value meanwhile. */
  async reload(): Promise<void> {
    const key = this.#key
    if (key === null) return
    this.#stop()
    const running = new AbortController()
    this.#running = running
    this.#become({ ...this.state, status: 'loading' })
    try {
      const value = await this.#load(key, running.signal)
      if (running.signal.aborted) return
      this.#attempt = 0
      this.#become({ status: 'ready', value, error: null, loadedAtMs: Date.now() })
    } catch (error) {
      if (running.signal.aborted) return
      this.#become({ ...this.state, status: 'failed', error: asApiError(error) })
      if (isAway(this.state.error)) this.#retryLater()
    }
  }

  hostConnected(): void {
    addEventListener('online', this.#onReachable)
    addEventListener('fm-reachable', this.#onReachable)
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#onReachable)
    removeEventListener('fm-reachable', this.#onReachable)
    this.#stop()
    this.#key = null
  }

  readonly #onReachable = (): void => {
    if (isAway(this.state.error) && this.state.status !== 'loading') void this.reload()
  }

  #retryLater(): void {
    this.#timer = setTimeout(
      () => void this.reload(),
      backOffMs(this.#attempt, { baseMs: firstWaitMs, random: Math.random }),
    )
    this.#attempt += 1
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
  }

  #become(state: ResourceState<T>): void {
    this.state = state
    this.#host.requestUpdate()
  }
}

/** No answer came from the cloud: none at all, or a gateway's in its place. */
const isAway = (error: ApiError | null): boolean =>
  error?.kind === 'offline' || error?.status === 502 || error?.status === 504

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ApiError(message, { kind: 'failed', status: 0, cause: error })
}
