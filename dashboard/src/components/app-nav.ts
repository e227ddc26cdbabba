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
  { page: 'notifications', path: '/notifications', words: 'Notices' },
]
const forAdmins: readonly Entry[] = [
  { page: 'overview', path: '/overview', words: 'Overview' },
  { page: 'drivers', path: '/drivers', words: 'Drivers' },
  { page: 'policies', path: '/policies', words: 'Policies' },
  { page: 'rulings', path: '/rulings', words: 'Rulings' },
  { page: 'plans', path: '/plans', words: 'Plans' },
  { page: 'reports', path: '/reports', words: 'Reports' },
  { page: 'devices', path: '/devices', words: 'Devices' },
  { page: 'dead-messages', path: '/dead-messages', words: 'Dead messages' },
  { page: 'webhooks', path: '/webhooks', words: 'Webhooks' },
  { page: 'users', path: '/users', words: 'Users' },
]
const forAll: readonly Entry[] = [{ page: 'profile', path: '/profile', words: 'Profile' }]

/** The pages that a person has: at the side on a desk, at the bottom on a phone. */
export class AppNav extends elementWith({
  page: 'dashboard' as Route['page'],
  role: 'driver' as Role,
  drives: false,
  unread: 0,
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
      @media (max-width: 900px) {
        nav { position: fixed; inset: auto 0 0; top: auto; height: auto; flex-direction: row; justify-content: safe space-around; overflow-x: auto; scrollbar-width: none; background: var(--card-solid); border-top: 1px solid var(--card-edge); padding: 6px 4px calc(6px + env(safe-area-inset-bottom)); z-index: 2; }
        .brand { display: none; }
        a { flex-direction: column; justify-content: center; gap: 2px; flex: 1 0 auto; min-width: 48px; min-height: 52px; padding: 4px 2px; position: relative; font-size: var(--size-0); letter-spacing: -0.01em; }
        .unread { position: absolute; top: 0; right: 0; background: var(--card-solid); padding: 0 6px; }
      }
    `,
  ]

  /** Where the entries are more than a phone is wide, they scroll sideways: the page that is open is in sight. */
  protected override updated() {
    const current = this.renderRoot.querySelector<HTMLElement>('a[aria-current]')
    const nav = current?.parentElement
    if (nav) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2
  }

  override render() {
    const entries = [...(this.drives ? forDrivers : []), ...(this.role === 'admin' ? forAdmins : []), ...forAll]
    const here = (page: Route['page']) =>
      page === this.page ||
      (page === 'trips' && (this.page === 'trip' || this.page === 'contests')) ||
      (page === 'overview' && !this.drives && this.page === 'dashboard')
    return html`<nav aria-label="Main"><div class="brand">${mark()}Fairmile</div>
      ${entries.map(
        ({ page, path, words }) =>
          html`<a href=${path} aria-current=${here(page) ? 'page' : nothing}>${icon(page)}<span>${words}</span>${page === 'notifications' && this.unread > 0 ? html`<span class="tag unread">${Math.min(this.unread, 99)}<span class="visually-hidden"> unread</span></span>` : nothing}</a>`,
      )}</nav>`
  }
}
customElements.define('fm-app-nav', AppNav)
