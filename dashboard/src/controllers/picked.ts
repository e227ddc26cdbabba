import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Which things of a list are picked, by their ids. */
export class Picked implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #ids = new Set<string>()

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {}

  get count(): number {
    return this.#ids.size
  }

  /** In the order in which they were picked. */
  get ids(): string[] {
    return [...this.#ids]
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  hasAll(things: readonly { readonly id: string }[]): boolean {
    return things.length > 0 && things.every(({ id }) => this.#ids.has(id))
  }

  /** Picks a thing, or lets it go. */
  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id)
    this.#host.requestUpdate()
  }

  /** Picks all of these, or lets everything go where all of them are picked. */
  toggleAll(things: readonly { readonly id: string }[]): void {
    this.#ids = new Set(this.hasAll(things) ? [] : things.map(({ id }) => id))
    this.#host.requestUpdate()
  }

  readonly clear = (): void => {
    this.#ids.clear()
    this.#host.requestUpdate()
  }
}
