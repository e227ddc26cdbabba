import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { ApiError } from '../data/api-error.ts'

/** How a piece of data stands; `value` outlives failures, so that what is known stays on the screen. */
export interface ResourceState<T> {
  status: 'idle' | 'loading' | 'ready' | 'failed'
  value: T | null
  error: ApiError | null
  /** Epoch milliseconds of `value`, null before the first. */
  loadedAtMs: number | null
}

/** A value that a host loads, and loads anew when its key changes, when asked, or when the network returns. */
export class Resource<K, T> implements ReactiveController {
  state: ResourceState<T> = { status: 'idle', value: null, error: null, loadedAtMs: null }
  readonly #host: ReactiveControllerHost
  readonly #load: (key: K, signal: AbortSignal) => Promise<T>
  #key: K | null = null
  #running: AbortController | null = null

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
    this.#running?.abort()
    this.#become({ status: 'idle', value: null, error: null, loadedAtMs: null })
    if (key !== null) void this.reload()
  }

  /** Loads again and keeps the old value meanwhile. */
  async reload(): Promise<void> {
    const key = this.#key
    if (key === null) return
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.#become({ ...this.state, status: 'loading' })
    try {
      const value = await this.#load(key, running.signal)
      if (running.signal.aborted) return
      this.#become({ status: 'ready', value, error: null, loadedAtMs: Date.now() })
    } catch (error) {
      if (running.signal.aborted) return
      this.#become({ ...this.state, status: 'failed', error: asApiError(error) })
    }
  }

  hostConnected(): void {
    addEventListener('online', this.#onOnline)
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#onOnline)
    this.#running?.abort()
    this.#key = null
  }

  readonly #onOnline = (): void => {
    if (this.state.error?.kind === 'offline') void this.reload()
  }

  #become(state: ResourceState<T>): void {
    this.state = state
    this.#host.requestUpdate()
    if (state.error?.kind === 'unauthenticated') dispatchEvent(new Event('fm-unauthenticated'))
  }
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new ApiError(message, { kind: 'failed', status: 0, cause: error })
}
