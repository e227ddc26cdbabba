import type { AdminDriver, AdminPolicy } from '@fairmile/contract/http/admin-lists.ts'
import { css, html } from 'lit'
import { elementWith } from '../components/element.ts'
import { show } from '../components/view-state.ts'
import { opening, searchWith } from '../controllers/filters.ts'
import { Resource } from '../controllers/resource.ts'
import { adminApi } from '../data/admin-api.ts'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'

/** So long after the last key it is looked up, ms. */
const typedMs = 250
/** Of each kind so many are shown. */
const mostShown = 6

interface Found {
  drivers: readonly AdminDriver[]
  policies: readonly AdminPolicy[]
}

/** For admins: Ctrl-K (⌘K) finds drivers and policies from any page; Enter opens the first. */
export class QuickSearch extends elementWith({ words: '' }) {
  static styles = [
    base,
    admin,
    css`
      :host { display: contents; }
      dialog { width: min(560px, calc(100vw - 24px)); margin-top: 12vh; padding: var(--space-4); border: 1px solid var(--card-edge); border-radius: var(--radius); background: var(--card-solid); color: var(--ink); box-shadow: var(--shadow); font-size: var(--size-1); }
      dialog::backdrop { background: rgb(0 0 0 / 0.35); }
      .found { margin-top: var(--space-3); max-height: 50vh; overflow-y: auto; }
      .found a { display: block; padding: 8px; min-height: 44px; color: var(--ink); text-decoration: none; }
      .found a:hover, .found a:focus-visible { background: var(--brand-wash); }
    `,
  ]

  readonly #found = new Resource<string, Found>(this, async (search, signal) => {
    const [drivers, policies] = await Promise.all([
      adminApi.drivers(search, null, signal),
      adminApi.policies(search, null, signal),
    ])
    return { drivers: drivers.items.slice(0, mostShown), policies: policies.items.slice(0, mostShown) }
  })
  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#keyed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#keyed)
    clearTimeout(this.#timer)
  }

  override willUpdate(): void {
    this.#found.want(this.words === '' ? null : searchWith('', 'search', this.words))
  }

  override render() {
    return html`<dialog aria-label="Find a driver or a policy" @close=${this.#closed}>
      <form role="search" @submit=${this.#first}><label class="soft">Find a driver or a policy<input type="search" placeholder="Name, e-mail, DRV-…, POL-…" @input=${this.#typed} /></label></form>
      ${
        this.words === ''
          ? html`<p class="soft found">The beginning of an id, or of words of a name.</p>`
          : html`<div class="found">${show(this.#found, {
              what: 'What matches',
              isEmpty: ({ drivers, policies }) => drivers.length + policies.length === 0,
              empty: { title: 'Nothing matches.', next: 'Type the beginning of a word.' },
              content: (found) => this.#links(found),
            })}</div>`
      }</dialog>`
  }

  #links({ drivers, policies }: Found) {
    return html`<ul>${drivers.map(
      ({ id, name, email }) =>
        html`<li><a href=${`/drivers${opening('', id)}`} @click=${this.#close}><b>${name}</b><span class="sub">${id}, ${email}</span></a></li>`,
    )}${policies.map(
      ({ id, driver, planId }) =>
        html`<li><a href=${`/policies${opening(searchWith('', 'search', id), driver.id)}`} @click=${this.#close}><b>${driver.name}</b><span class="sub">${id}, ${planId}</span></a></li>`,
    )}</ul>`
  }

  readonly #keyed = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog && !dialog.open) dialog.showModal()
  }

  readonly #typed = (event: Event): void => {
    const { value } = event.target as HTMLInputElement
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.words = value.trim()
    }, typedMs)
  }

  readonly #first = (event: Event): void => {
    event.preventDefault()
    this.renderRoot.querySelector('a')?.click()
  }

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close()

  readonly #closed = (): void => {
    clearTimeout(this.#timer)
    this.words = ''
    this.renderRoot.querySelector('form')?.reset()
  }
}
customElements.define('fm-quick-search', QuickSearch)
