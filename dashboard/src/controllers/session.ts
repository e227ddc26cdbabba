import type { User } from '@fairmile/contract/http/auth.ts'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api } from '../data/api.ts'
import { ApiError } from '../data/api-error.ts'
import { backOffMs } from '../data/back-off.ts'

/** Why nobody is logged in: nobody was, the cloud took the session as over, or somebody logged out in another tab. */
export type OutReason = 'none' | 'ended' | 'elsewhere'

/** Who uses the pages: not known yet, nobody, somebody, or not to be found out now. */
export type SessionState =
  | { status: 'checking' }
  | { status: 'out'; reason: OutReason }
  | { status: 'in'; user: User }
  | { status: 'unreachable'; error: ApiError }

const storageKey = 'fairmile-was-logged-in'

function wasLoggedIn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null
  } catch {
    return true // storage is closed in some private windows: then only the cloud knows
  }
}

/** Other tabs hear of it by their `storage` event. */
function rememberLogIn(userId: string | null): void {
  try {
    if (userId !== null) localStorage.setItem(storageKey, userId)
    else localStorage.removeItem(storageKey)
  } catch {
    // The cloud is then asked at each start.
  }
}

/** The log-in of this browser. The token itself lies in an HttpOnly cookie and is never seen here. */
export class SessionController implements ReactiveController {
  state: SessionState = { status: 'checking' }
  readonly #host: ReactiveControllerHost
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('fm-unauthenticated', this.#onExpired)
    addEventListener('online', this.#onOnline)
    addEventListener('storage', this.#onStorage)
    void this.check()
  }

  hostDisconnected(): void {
    removeEventListener('fm-unauthenticated', this.#onExpired)
    removeEventListener('online', this.#onOnline)
    removeEventListener('storage', this.#onStorage)
    clearTimeout(this.#timer)
  }

  /** Asks the cloud who is logged in; a browser that never was, or logged out, need not ask. */
  async check(): Promise<void> {
    clearTimeout(this.#timer)
    if (!wasLoggedIn()) return this.#become({ status: 'out', reason: 'none' })
    try {
      const user = await api.me()
      this.#attempt = 0
      rememberLogIn(user.id)
      this.#become({ status: 'in', user })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.kind !== 'unauthenticated') return this.#becomeUnreachable(error)
      rememberLogIn(null)
      this.#become({ status: 'out', reason: 'none' })
    }
  }

  /** @throws {ApiError} `unauthenticated` where e-mail or password are wrong */
  async logIn(email: string, password: string): Promise<void> {
    const { user } = await api.login(email, password)
    rememberLogIn(user.id)
    this.#become({ status: 'in', user })
  }

  /** @throws {ApiError} where the cloud could not be told; the session then goes on */
  async logOut(): Promise<void> {
    await api.logout()
    rememberLogIn(null)
    this.#become({ status: 'out', reason: 'none' })
  }

  readonly #onExpired = (): void => {
    if (this.state.status === 'in') this.#become({ status: 'out', reason: 'ended' })
  }

  /** What another tab of this browser did with the log-in holds here too. */
  readonly #onStorage = ({ key, newValue }: StorageEvent): void => {
    if (key !== storageKey) return
    if (newValue !== null) void this.check()
    else if (this.state.status !== 'out') this.#become({ status: 'out', reason: 'elsewhere' })
  }

  readonly #onOnline = (): void => {
    if (this.state.status === 'unreachable') void this.check()
  }

  #becomeUnreachable(error: ApiError): void {
    this.#become({ status: 'unreachable', error })
    if (error.kind !== 'offline') return
    this.#timer = setTimeout(() => void this.check(), backOffMs(this.#attempt, { baseMs: 2_000, random: Math.random }))
    this.#attempt += 1
  }

  #become(state: SessionState): void {
    this.state = state
    this.#host.requestUpdate()
  }
}
