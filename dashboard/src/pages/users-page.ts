import type { AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import { css, html, nothing } from 'lit'
import '../components/bulk-flow.ts'
import '../components/filter-bar.ts'
import '../components/selected-bar.ts'
import '../components/user-form.ts'
import { elementWith } from '../components/element.ts'
import type { Choice } from '../components/filter-bar.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Picked } from '../controllers/picked.ts'
import { adminApi, type BulkChange } from '../data/admin-api.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { day } from '../words/dates.ts'
import { counted } from '../words/figures.ts'

const choices: readonly Choice[] = [
  {
    name: 'role',
    label: 'Role',
    options: [
      ['', 'Any'],
      ['driver', 'Driver'],
      ['admin', 'Admin'],
    ],
  },
  {
    name: 'disabled',
    label: 'Log-in',
    options: [
      ['', 'Any'],
      ['false', 'Open'],
      ['true', 'Disabled'],
    ],
  },
  {
    name: 'sort',
    label: 'Order',
    options: [
      ['', 'By id'],
      ['email', 'By e-mail'],
      ['-created', 'Newest first'],
    ],
  },
]
const does = (count: number) => `Disable ${counted(count, 'log-in')}`

/** For admins: log-ins, added, invited, disabled, let in again, and given new passwords. */
export class UsersPage extends elementWith({
  search: '',
  asked: null as BulkChange | null,
  /** The form that is open: for a new admin, or the password of a user. */
  form: null as 'new' | AdminUser | null,
  told: '',
}) {
  static styles = [
    base,
    grid,
    admin,
    css`
      .acts { text-align: right; white-space: nowrap; }
      .acts button { min-height: 32px; padding: 0 10px; font-size: var(--size-0); }
      .narrow { display: none; }
      @media (max-width: 900px) { .acts button { min-height: 44px; max-width: 108px; } .acts button + button { margin-top: 6px; } .acts { white-space: normal; overflow-wrap: normal; } .narrow { display: inline; } }
    `,
  ]

  readonly #picked = new Picked(this)
  readonly #users = new PagedList<string, AdminUser>(this, adminApi.users)

  override willUpdate(): void {
    this.#users.first.want(this.search)
  }

  override render() {
    const users = this.#users
    return html`<div class="grid"><header class="page-head"><div><h1>Users</h1><p>Log-ins. Whatever changes one ends its sessions.</p></div>
        <button @click=${() => {
          this.form = 'new'
          this.told = ''
        }}>Add an admin</button></header>
      ${
        this.form === null
          ? nothing
          : html`<section class="card of-12"><fm-user-form .user=${this.form === 'new' ? null : this.form} @fm-form-closed=${this.#formClosed}></fm-user-form></section>`
      }
      ${this.told ? html`<p class="of-12" role="status">${this.told}</p>` : nothing}
      <fm-bulk-flow .action=${'disable-users'} .body=${this.asked} .does=${does} @fm-bulk-closed=${this.#closed} @fm-bulk-done=${() => this.#users.first.reload()}></fm-bulk-flow>
      <fm-filter-bar .query=${this.search} .choices=${choices} .placeholder=${'Name, e-mail, USR-…'} @fm-filtered=${this.#filtered}></fm-filter-bar>
      <section class="card of-12">
        ${show(users.first, {
          what: 'The users',
          lines: 8,
          isEmpty: ({ items }) => items.length === 0,
          empty: { title: 'Nobody matches.', next: 'Take a filter away, or search for the beginning of a word.' },
          content: () => this.#table(users.items),
        })}
        ${showMore(users)}</section>
      ${
        this.#picked.count === 0
          ? nothing
          : html`<fm-selected-bar .count=${this.#picked.count} @fm-cleared=${this.#picked.clear}><button @click=${() => {
              this.asked = { users: { ids: this.#picked.ids } }
            }}>See what would change</button></fm-selected-bar>`
      }</div>`
  }

  #table(users: readonly AdminUser[]) {
    const now = Date.now()
    return html`<table><thead><tr><th scope="col" class="pick"><span class="visually-hidden">Select</span></th><th scope="col">User</th>
      <th scope="col" class="wide">Role</th><th scope="col" class="wide">Since</th><th scope="col" class="wide">Log-in</th><th scope="col" class="acts"><span class="visually-hidden">What can be done</span></th></tr></thead>
      <tbody>${users.map(
        (
          user,
        ) => html`<tr><td class="pick"><label><input type="checkbox" aria-label="Select ${user.email}" .checked=${this.#picked.has(user.id)}
            @change=${() => this.#picked.toggle(user.id)} /></label></td>
          <td><b>${user.name}</b><span class="sub">${user.email}${isOpen(user) ? nothing : html`<b class="narrow">, ${standingOf(user)}</b>`}</span></td>
          <td class="wide">${user.role}${user.driverId ? html`<span class="sub"><code>${user.driverId}</code></span>` : nothing}</td>
          <td class="wide">${day(user.createdAt, now)}</td>
          <td class="wide"><span class="state ${isOpen(user) ? 'on' : ''}">${standingOf(user)}</span></td>
          <td class="acts">${
            user.disabledAt
              ? html`<button class="ghost" @click=${() => this.#enable(user)}>Let in again</button>`
              : html`${user.invited ? html`<button class="ghost" @click=${() => this.#invite(user)}>Invite again</button> ` : nothing}<button class="ghost" @click=${() => this.#openForm(user)}>New password</button>`
          }</td></tr>`,
      )}</tbody></table>`
  }

  #openForm(user: AdminUser): void {
    this.form = user
    this.told = ''
    scrollTo({ top: 0 })
  }

  readonly #filtered = (event: CustomEvent<string>): void => {
    this.search = event.detail
    this.#picked.clear()
  }

  readonly #formClosed = (event: CustomEvent<{ told: string }>): void => {
    this.form = null
    this.told = event.detail.told
    if (this.told) void this.#users.first.reload()
  }

  readonly #closed = (event: CustomEvent<{ started: boolean }>): void => {
    this.asked = null
    if (event.detail.started) this.#picked.clear()
  }

  #enable({ id, email, invited }: AdminUser): Promise<void> {
    return this.#change(() => adminApi.enableUser(id), `${email} can ${invited ? 'be invited' : 'log in'} again.`)
  }

  #invite({ id, email }: AdminUser): Promise<void> {
    return this.#change(
      () => adminApi.inviteUser(id),
      `Another invitation is on its way to ${email}; the one before it is worth nothing now.`,
    )
  }

  async #change(work: () => Promise<unknown>, told: string): Promise<void> {
    this.told = ''
    try {
      await work()
      this.told = told
      void this.#users.first.reload()
    } catch (error) {
      this.told = error instanceof Error ? error.message : String(error)
    }
  }
}
customElements.define('fm-users-page', UsersPage)

const isOpen = ({ disabledAt, invited }: AdminUser): boolean => !disabledAt && !invited
const standingOf = ({ disabledAt, invited }: AdminUser): string =>
  disabledAt ? 'disabled' : invited ? 'invited' : 'open'
