import type { User } from '@fairmile/contract/http/auth.ts'
import { css, html, LitElement } from 'lit'
import { live as asItIs } from 'lit/directives/live.js'
import '../components/app-nav.ts'
import '../components/view-state.ts'
import './admin-overview-page.ts'
import './contests-page.ts'
import './dashboard-page.ts'
import './dead-messages-page.ts'
import './devices-page.ts'
import './drivers-page.ts'
import './forgotten-password-page.ts'
import './live-page.ts'
import './log-in-page.ts'
import './missing-page.ts'
import './plans-page.ts'
import './notifications-page.ts'
import './price-page.ts'
import './quick-search.ts'
import './profile-page.ts'
import './redemptions-page.ts'
import './rewards-page.ts'
import './rulings-page.ts'
import './policies-page.ts'
import './reports-page.ts'
import './score-page.ts'
import './set-password-page.ts'
import './trip-page.ts'
import './trips-page.ts'
import './users-page.ts'
import './webhooks-page.ts'
import { elementWith } from '../components/element.ts'
import { LiveController } from '../controllers/live.ts'
import { Resource } from '../controllers/resource.ts'
import { Router } from '../controllers/router.ts'
import { isEntry, type Route, titleOf } from '../controllers/routes.ts'
import { SessionController } from '../controllers/session.ts'
import { api } from '../data/api.ts'
import { base } from '../styles/base.ts'

/** The whole: log-in, or the bar of pages with the page that the address names. */
export class App extends elementWith({}) {
  static styles = [
    base,
    css`
      .shell { display: grid; grid-template-columns: 220px minmax(0, 1fr); max-width: 1380px; margin: auto; min-height: 100vh; }
      main { padding: var(--space-5); }
      main:focus { outline: none; }
      .skip { position: absolute; left: -100vw; }
      .skip:focus { left: 8px; top: 8px; z-index: 3; background: var(--card-solid); padding: 8px; }
      .alone { max-width: 480px; margin: 20vh auto; padding: var(--space-4); }
      @media (max-width: 900px) {
        .shell { display: block; }
        main { padding: var(--space-4); padding-bottom: calc(96px + env(safe-area-inset-bottom)); }
      }
    `,
  ]

  readonly #session = new SessionController(this)
  readonly #router = new Router(this)
  readonly #live = new LiveController(this)
  readonly #unread = new Resource(this, (of: string, signal) =>
    api.notifications(of.split(' ')[0]!, { limit: 1 }, signal),
  )

  override willUpdate(): void {
    const { state } = this.#session
    const driverId = state.status === 'in' ? state.user.driverId : null
    this.#live.follow(driverId)
    this.#unread.want(driverId && `${driverId} ${this.#live.revision}`)
  }

  #shownRoute: Route | null = null

  /** Names the page for tabs and history, and takes the focus to its heading, so that a change of page is heard and tabbing goes on in it. */
  override updated(): void {
    const { route } = this.#router
    const isIn = this.#session.state.status === 'in' && !isEntry(route)
    document.title = isIn || isEntry(route) ? titleOf(route) : 'Log in · Fairmile'
    const before = this.#shownRoute
    this.#shownRoute = isIn ? route : null
    if (before && isIn && !isSame(before, route)) void focusHeading(this.renderRoot)
  }

  override render() {
    const { state } = this.#session
    const { page } = this.#router.route
    if (page === 'forgotten-password') return html`<fm-forgotten-password-page></fm-forgotten-password-page>`
    if (page === 'set-password') return html`<fm-set-password-page .session=${this.#session}></fm-set-password-page>`
    if (state.status === 'in') return this.#shell(state.user)
    if (state.status === 'out')
      return html`<fm-log-in-page .session=${this.#session} .reason=${state.reason}></fm-log-in-page>`
    if (state.status === 'checking')
      return html`<div class="alone"><fm-view-state .what=${'Fairmile'}></fm-view-state></div>`
    const offline = state.error.kind === 'offline'
    return html`<div class="alone card"><fm-view-state .kind=${offline ? 'offline' : 'failed'} .what=${'Your pages'}
      .detail=${state.error.message} .retry=${() => void this.#session.check()}></fm-view-state></div>`
  }

  #shell(user: User) {
    return html`<a class="skip" href="#main" @click=${this.#skip}>To the content</a><div class="shell">
      <fm-app-nav .page=${this.#router.route.page} .role=${user.role} .drives=${user.driverId !== null}
        .unread=${this.#unread.value?.unread ?? 0}></fm-app-nav>
      <main id="main" tabindex="-1">${this.#page(user)}</main></div>${user.role === 'admin' ? html`<fm-quick-search></fm-quick-search>` : null}`
  }

  readonly #skip = (event: Event): void => {
    event.preventDefault()
    this.renderRoot.querySelector('main')?.focus()
  }

  #adminPage(user: User) {
    const search = asItIs(location.search)
    switch (this.#router.route.page) {
      case 'dashboard':
        return user.driverId === null ? html`<fm-admin-overview-page></fm-admin-overview-page>` : null
      case 'overview':
        return html`<fm-admin-overview-page></fm-admin-overview-page>`
      case 'drivers':
        return html`<fm-drivers-page .search=${search}></fm-drivers-page>`
      case 'policies':
        return html`<fm-policies-page .search=${search}></fm-policies-page>`
      case 'users':
        return html`<fm-users-page .search=${search}></fm-users-page>`
      case 'rulings':
        return html`<fm-rulings-page .search=${search}></fm-rulings-page>`
      case 'redemptions':
        return html`<fm-redemptions-page .search=${search}></fm-redemptions-page>`
      case 'plans':
        return html`<fm-plans-page .user=${user}></fm-plans-page>`
      case 'reports':
        return html`<fm-reports-page></fm-reports-page>`
      case 'webhooks':
        return html`<fm-webhooks-page></fm-webhooks-page>`
      case 'dead-messages':
        return html`<fm-dead-messages-page .search=${search}></fm-dead-messages-page>`
      case 'devices':
        return html`<fm-devices-page></fm-devices-page>`
      default:
        return null
    }
  }

  #page(user: User) {
    const { route } = this.#router
    const live = this.#live
    if (route.page === 'profile')
      return html`<fm-profile-page .user=${user} .session=${this.#session}></fm-profile-page>`
    if (route.page === 'trip')
      return html`<fm-trip-page .tripId=${route.tripId} .chosenId=${new URLSearchParams(location.search).get('event')}></fm-trip-page>`
    const forAdmin = user.role === 'admin' ? this.#adminPage(user) : null
    if (forAdmin) return forAdmin
    if (user.driverId === null && route.page !== 'missing')
      return html`<fm-missing-page .detail=${'This page is for people who drive.'}></fm-missing-page>`
    switch (route.page) {
      case 'dashboard':
        return html`<fm-dashboard-page .user=${user} .live=${live} .beat=${live.beat} .revision=${live.revision}></fm-dashboard-page>`
      case 'score':
        return html`<fm-score-page .user=${user} .revision=${live.revision}></fm-score-page>`
      case 'live':
        return html`<fm-live-page .live=${live} .beat=${live.beat}></fm-live-page>`
      case 'trips':
        return html`<fm-trips-page .user=${user} .revision=${live.revision}></fm-trips-page>`
      case 'contests':
        return html`<fm-contests-page .user=${user} .revision=${live.revision}
          .chosenId=${new URLSearchParams(location.search).get('contest')}></fm-contests-page>`
      case 'notifications':
        return html`<fm-notifications-page .user=${user} .revision=${live.revision} @fm-read=${() => this.#unread.reload()}></fm-notifications-page>`
      case 'price':
        return html`<fm-price-page .user=${user} .revision=${live.revision}></fm-price-page>`
      case 'rewards':
        return html`<fm-rewards-page .user=${user} .revision=${live.revision}></fm-rewards-page>`
      default:
        return html`<fm-missing-page></fm-missing-page>`
    }
  }
}
customElements.define('fm-app', App)

const isSame = (a: Route, b: Route): boolean =>
  a.page === b.page && (a.page !== 'trip' || b.page !== 'trip' || a.tripId === b.tripId)

/** Focuses the heading of the page that is shown, once it is there; it is no stop of the tab key. */
async function focusHeading(root: HTMLElement | DocumentFragment): Promise<void> {
  const page = root.querySelector('main')?.firstElementChild
  if (!(page instanceof LitElement)) return
  await page.updateComplete
  const heading = page.renderRoot.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}
