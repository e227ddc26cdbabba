import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Does what a person asked for, one piece of work at a time, and keeps why the last one failed. */
export class Act implements ReactiveController {
  busy = false
  /** Empty where nothing failed. */
  error = ''
  readonly #host: ReactiveControllerHost

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {}

  /** Does a piece of work, unless another is under way; true where it was done and went well. */
  async do(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.clear()
    try {
      await work()
      return true
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
      return false
    } finally {
      this.busy = false
      this.#host.requestUpdate()
    }
  }

  /** Forgets the error. */
  clear(): void {
    this.error = ''
    this.#host.requestUpdate()
  }
}
