import type { AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import { Act } from '../controllers/act.ts'
import { adminApi } from '../data/admin-api.ts'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

/** Shortest password that the cloud takes. */
const minPassword = 10

/** A log-in for a new admin, or a new password for a user. Fires `fm-form-closed`, with what was done where something was. */
export class UserForm extends elementWith({ user: null as AdminUser | null }) {
  static styles = [
    base,
    admin,
    css`
      form { display: grid; gap: var(--space-3); max-width: 460px; }
      label { display: grid; gap: 3px; color: var(--ink-soft); }
      .foot { display: flex; gap: var(--space-2); flex-wrap: wrap; }
      h2 { color: var(--ink); }
    `,
  ]

  readonly act = new Act(this)

  override updated(changed: PropertyValues): void {
    if (changed.has('user')) this.renderRoot.querySelector('input')?.focus()
  }

  override render() {
    const { user } = this
    const { error, busy } = this.act
    return html`<form @submit=${this.#submit}><h2>${user ? `A new password for ${user.name}` : 'A log-in for an admin'}</h2>
      ${
        user
          ? nothing
          : html`<label>Name<input name="name" required maxlength="120" autocomplete="off" /></label>
            <label>E-mail<input name="email" type="email" required autocomplete="off" /></label>`
      }
      <label>Password, ${minPassword} characters at least, five of them different<input name="password" type="password" required minlength=${minPassword} autocomplete="new-password" /></label>
      ${user ? html`<p class="soft">Their sessions end. Tell them the password by another way than e-mail.</p>` : nothing}
      ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
      <div class="foot"><button ?disabled=${busy}>${user ? 'Set the password' : 'Add'}</button>
        <button type="button" class="ghost" @click=${() => this.#close('')}>Leave it</button></div></form>`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    const field = (name: string) => String(fields.get(name) ?? '')
    await this.act.do(async () => {
      const password = field('password')
      if (this.user) await adminApi.setPassword(this.user.id, password)
      else await adminApi.createUser({ name: field('name'), email: field('email'), password })
      this.#close(this.user ? `${this.user.email} has a new password.` : `${field('email')} can log in as an admin.`)
    })
  }

  #close(told: string): void {
    this.dispatchEvent(new CustomEvent('fm-form-closed', { detail: { told } }))
  }
}
customElements.define('fm-user-form', UserForm)
