import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type Route, routeOf } from './routes.ts'

const goEvent = 'fm-go'

/** Asks the router above `from` to go to a path. */
export function goTo(from: EventTarget, path: string): void {
  from.dispatchEvent(new CustomEvent(goEvent, { detail: path, bubbles: true, composed: true }))
}

/**
 * Follows the address bar: plain links of this origin change the route without loading the page anew, and Back works.
 *
 * What the cloud itself serves (`/api`, `/docs`, `/redoc`) and links with `target` or `download` are left to the browser.
 */
export class Router implements ReactiveController {
  route: Route = routeOf(location.pathname)
  readonly #host: ReactiveControllerHost & EventTarget

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('popstate', this.#follow)
    this.#host.addEventListener(goEvent, this.#onGo)
    this.#host.addEventListener('click', this.#onClick)
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#follow)
    this.#host.removeEventListener(goEvent, this.#onGo)
    this.#host.removeEventListener('click', this.#onClick)
  }

  /** Goes to a path of this origin, which may have a query; where only that is another, the page stays where it is. */
  go(path: string): void {
    const from = location.pathname
    if (path !== from + location.search) history.pushState(null, '', path)
    this.#follow()
    if (location.pathname !== from) scrollTo(0, 0)
  }

  readonly #follow = (): void => {
    this.route = routeOf(location.pathname)
    this.#host.requestUpdate()
  }

  readonly #onGo = (event: Event): void => this.go((event as CustomEvent<string>).detail)

  readonly #onClick = (event: Event): void => {
    const click = event as MouseEvent
    if (click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey) return
    const link = click.composedPath().find((node) => node instanceof HTMLAnchorElement)
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
    if (routeOf(link.pathname).page === 'missing') return
    click.preventDefault()
    this.go(link.pathname + link.search)
  }
}
