import type { Role } from '@fairmile/contract/http/auth.ts'
import { css, html, nothing } from 'lit'
import type { Route } from '../controllers/routes.ts'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'
import { type IconName, icon, mark } from './icon.ts'

type Entry = { page: Route['page'] & IconName; path: string; words: string }

const forDrivers: readonly Entry[] = [
  { page: 'dashboard', path: '/', words: 'Dashboard' },
  { page: 'score', path: '/score', words: 'Score' },
  { page: 'live', path: '/live', words: 'Live' },
  { page: 'trips', path: '/trips', words: 'Trips' },
  { page: 'price', path: '/price', words: 'Price' },
  { page: 'rewards', path: '/rewards', words: 'Rewards' },
  { page: 'notifications', path: '/notifications', words: 'Notifications' },
]
const forAdmins: readonly Entry[] = [
  { page: 'overview', path: '/overview', words: 'Overview' },
  { page: 'drivers', path: '/drivers', words: 'Drivers' },
  { page: 'policies', path: '/policies', words: 'Policies' },
  { page: 'rulings', path: '/rulings', words: 'Rulings' },
  { page: 'plans', path: '/plans', words: 'Plans' },
  { page: 'redemptions', path: '/redemptions', words: 'Redemptions' },
  { page: 'reports', path: '/reports', words: 'Reports' },
  { page: 'devices', path: '/devices', words: 'Devices' },
  { page: 'dead-messages', path: '/dead-messages', words: 'Dead messages' },
  { page: 'webhooks', path: '/webhooks', words: 'Webhooks' },
  { page: 'users', path: '/users', words: 'Users' },
]
const forAll: readonly Entry[] = [{ page: 'profile', path: '/profile', words: 'Profile' }]

/** So many entries a phone's bar holds beside "More". */
const barEntries = 5

/** The pages that a person has: at the side on a desk; on a phone five at the bottom, and the others behind "More". */
export class AppNav extends elementWith({
  page: 'dashboard' as Route['page'],
  role: 'driver' as Role,
  drives: false,
  unread: 0,
  /** The entries behind "More" are shown. */
  open: false,
}) {
  static styles = [
    base,
    css`
      nav { padding: var(--space-5) var(--space-4); display: flex; flex-direction: column; gap: 2px; position: sticky; top: 0; height: 100vh; }
      .brand { font-weight: 700; font-size: var(--size-3); letter-spacing: -0.02em; margin-bottom: var(--space-4); display: flex; gap: 8px; align-items: center; }
      a { display: flex; gap: 12px; align-items: center; min-height: 40px; padding: 0 12px; border-radius: var(--radius-small); color: var(--ink-soft); text-decoration: none; font-size: var(--size-1); transition: color var(--fast) var(--ease); }
      a:hover { color: var(--ink); }
      a[aria-current] { background: var(--card); color: var(--ink); box-shadow: inset 0 0 0 1px var(--card-edge); font-weight: 600; }
      a[aria-current] svg { color: var(--brand); }
      .unread { margin-left: auto; }
      .more { display: none; }
      .rest { display: contents; }
      @media (max-width: 900px) {
        nav { position: fixed; inset: auto 0 0; top: auto; height: auto; flex-direction: row; justify-content: space-around; gap: 0; background: var(--card-solid); border-top: 1px solid var(--card-edge); padding: 6px 4px calc(6px + env(safe-area-inset-bottom)); z-index: 2; }
        .brand { display: none; }
        nav > a, .more { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 2px; flex: 1 0 auto; min-width: 48px; min-height: 52px; padding: 4px 2px; position: relative; font-size: var(--size-0); font-weight: 400; letter-spacing: -0.01em; }
        .more { color: var(--ink-soft); background: none; border: 0; border-radius: var(--radius-small); }
        .more[data-here] { background: var(--card); color: var(--ink); box-shadow: inset 0 0 0 1px var(--card-edge); font-weight: 600; }
        .more[data-here] svg { color: var(--brand); }
        nav > a .unread, .more .unread { position: absolute; top: 0; right: 0; background: var(--card-solid); padding: 0 6px; }
        .rest { display: none; position: absolute; right: 8px; bottom: calc(100% + 8px); min-width: 220px; max-height: 70vh; overflow-y: auto; padding: var(--space-2); background: var(--card-solid); border: 1px solid var(--card-edge); border-radius: var(--radius); box-shadow: var(--shadow); }
        .rest[data-open] { display: grid; gap: 2px; }
        .rest a { min-height: 44px; }
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('pointerdown', this.#elsewhere)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('pointerdown', this.#elsewhere)
  }

  override render() {
    const entries = [...(this.drives ? forDrivers : []), ...(this.role === 'admin' ? forAdmins : []), ...forAll]
    const here = (page: Route['page']) =>
      page === this.page ||
      (page === 'trips' && (this.page === 'trip' || this.page === 'contests')) ||
      (page === 'overview' && !this.drives && this.page === 'dashboard')
    const link = ({ page, path, words }: Entry) =>
      html`<a href=${path} aria-current=${here(page) ? 'page' : nothing} @click=${this.#close}>${icon(page)}<span>${words}</span>${page === 'notifications' ? this.#unread() : nothing}</a>`
    const rest = entries.slice(barEntries)
    const tells = rest.some(({ page }) => page === 'notifications')
    return html`<nav aria-label="Main" @keydown=${this.#keyed}><div class="brand">${mark()}Fairmile</div>
      ${entries.slice(0, barEntries).map(link)}
      <button type="button" class="more" aria-expanded=${this.open} aria-controls="rest" ?data-here=${rest.some(({ page }) => here(page))}
        @click=${() => {
          this.open = !this.open
        }}>${icon('more')}<span>More</span>${tells ? this.#unread() : nothing}</button>
      <div class="rest" id="rest" ?data-open=${this.open}>${rest.map(link)}</div></nav>`
  }

  #unread() {
    return this.unread > 0
      ? html`<span class="tag unread">${Math.min(this.unread, 99)}<span class="visually-hidden"> unread</span></span>`
      : nothing
  }

  readonly #close = (): void => {
    this.open = false
  }

  readonly #elsewhere = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.open = false
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return
    this.open = false
    this.renderRoot.querySelector<HTMLElement>('.more')?.focus()
  }
}
customElements.define('fm-app-nav', AppNav)
