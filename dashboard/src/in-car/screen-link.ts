import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { ScreenState } from '@fairmile/contract/screen.ts'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** The agent speaks once a second: after so long it is gone, and no old figure may stand. Milliseconds. */
const silentMs = 3500
/** How soon the agent is tried again, milliseconds. */
const retryMs = 1000

/** What a link needs of the browser. */
export interface LinkParts {
  open: (path: string) => EventSource
  setTimeout: (callback: () => void, ms: number) => number
  clearTimeout: (timer: number) => void
}

const browser: LinkParts = {
  open: (path) => new EventSource(path),
  setTimeout: (callback, ms) => window.setTimeout(callback, ms),
  clearTimeout: (timer) => window.clearTimeout(timer),
}

/** Keeps the newest state of the agent; null before the first, and as soon as the agent is silent. */
export class ScreenLink implements ReactiveController {
  state: ScreenState | null = null
  /** True once the agent was heard and is not any more. */
  lost = false
  readonly #host: ReactiveControllerHost
  readonly #parts: LinkParts
  #source: EventSource | null = null
  #timer = 0

  constructor(host: ReactiveControllerHost, parts: LinkParts = browser) {
    this.#host = host
    this.#parts = parts
    host.addController(this)
  }

  hostConnected(): void {
    this.#open()
  }

  hostDisconnected(): void {
    this.#parts.clearTimeout(this.#timer)
    this.#source?.close()
  }

  #open(): void {
    this.#source?.close()
    const source = this.#parts.open(localPaths.screen)
    this.#source = source
    source.onmessage = ({ data }) => {
      this.state = JSON.parse(data as string) as ScreenState
      this.lost = false
      this.#watch(silentMs)
      this.#host.requestUpdate()
    }
    source.onerror = () => {
      // A browser gives up after some answers: a source of one's own making is tried again for ever.
      this.#forget()
      source.close()
      this.#watch(retryMs)
    }
    this.#watch(silentMs)
  }

  #watch(ms: number): void {
    this.#parts.clearTimeout(this.#timer)
    this.#timer = this.#parts.setTimeout(() => {
      this.#forget()
      this.#open()
    }, ms)
  }

  #forget(): void {
    if (this.state !== null) this.lost = true
    this.state = null
    this.#host.requestUpdate()
  }
}
