import type { User } from '@fairmile/contract/http/auth.ts'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api } from '../data/api.ts'
import { ApiError } from '../data/api-error.ts'

/** Who uses the pages: not known yet, nobody, somebody, or not to be found out now. */
export type SessionState =
  | { status: 'checking' }
  | { status: 'out'; expired: boolean }
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

function rememberLogIn(loggedIn: boolean): void {
  try {
    if (loggedIn) localStorage.setItem(storageKey, 'yes')
    else localStorage.removeItem(storageKey)
  } catch {
    // The cloud is then asked at each start.
  }
}

/** The log-in of this browser. The token itself lies in an HttpOnly cookie and is never seen here. */
export class SessionController implements ReactiveController {
  state: SessionState = { status: 'checking' }
  readonly #host: ReactiveControllerHost

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('fm-unauthenticated', this.#onExpired)
    addEventListener('online', this.#onOnline)
    void this.check()
  }

  hostDisconnected(): void {
    removeEventListener('fm-unauthenticated', this.#onExpired)
    removeEventListener('online', this.#onOnline)
  }

  /** Asks the cloud who is logged in; a browser that never was, or logged out, need not ask. */
  async check(): Promise<void> {
    if (!wasLoggedIn()) return this.#become({ status: 'out', expired: false })
    try {
      this.#become({ status: 'in', user: await api.me() })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.kind !== 'unauthenticated') return this.#become({ status: 'unreachable', error })
      rememberLogIn(false)
      this.#become({ status: 'out', expired: false })
    }
  }

  /** @throws {ApiError} `unauthenticated` where e-mail or password are wrong */
  async logIn(email: string, password: string): Promise<void> {
    const { user } = await api.login(email, password)
    rememberLogIn(true)
    this.#become({ status: 'in', user })
  }

  /** @throws {ApiError} where the cloud could not be told; the session then goes on */
  async logOut(): Promise<void> {
    await api.logout()
    rememberLogIn(false)
    this.#become({ status: 'out', expired: false })
  }

  readonly #onExpired = (): void => {
    if (this.state.status === 'in') this.#become({ status: 'out', expired: true })
  }

  readonly #onOnline = (): void => {
    if (this.state.status === 'unreachable') void this.check()
  }

  #become(state: SessionState): void {
    this.state = state
    this.#host.requestUpdate()
  }
}
