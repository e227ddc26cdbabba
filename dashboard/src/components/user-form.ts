import type { AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import type { Role } from '@fairmile/contract/http/auth.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import { Act } from '../controllers/act.ts'
import { adminApi, type NewLogIn } from '../data/admin-api.ts'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'
import { newPassword } from './new-password.ts'

/** A log-in for a new admin or driver, who is invited or given a password, or a new password for a user. Fires `fm-form-closed`, with what was done where something was. */
export class UserForm extends elementWith({
  user: null as AdminUser | null,
  /** Of a new log-in. */
  role: 'admin' as Role,
  /** Its owner chooses the password by a link in an e-mail. */
  invites: true,
}) {
  static styles = [
    base,
    admin,
    css`
      form { display: grid; gap: var(--space-3); max-width: 460px; }
      label { display: grid; gap: 3px; color: var(--ink-soft); }
      fieldset { border: 0; margin: 0; padding: 0; }
      legend { padding: 0; color: var(--ink-soft); }
      fieldset label { display: flex; gap: 8px; align-items: center; min-height: 32px; color: var(--ink); }
      input[type="radio"] { flex: none; width: 18px; min-height: 18px; margin: 3px; padding: 0; accent-color: var(--brand); }
      .foot { display: flex; gap: var(--space-2); flex-wrap: wrap; }
      h2 { color: var(--ink); }
      @media (max-width: 900px) { fieldset label { min-height: 44px; } }
    `,
  ]

  readonly act = new Act(this)

  override updated(changed: PropertyValues): void {
    if (changed.has('user')) this.renderRoot.querySelector('input')?.focus()
  }

  override render() {
    const { user, role } = this
    const { error, busy } = this.act
    return html`<form @submit=${this.#submit}><h2>${user ? `A new password for ${user.name}` : `A log-in for ${role === 'admin' ? 'an admin' : 'a driver'}`}</h2>
      ${user ? newPassword() : this.#newLogIn()}
      ${user ? html`<p class="soft">Their sessions end. Tell them the password by another way than e-mail. Where nobody else is to know it, let them ask for a link at the log-in.</p>` : nothing}
      ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
      <div class="foot"><button ?disabled=${busy}>${user ? 'Set the password' : this.invites ? 'Invite' : 'Add'}</button>
        <button type="button" class="ghost" @click=${() => this.#close('')}>Leave it</button></div></form>`
  }

  #newLogIn() {
    const choice = (invites: boolean, words: string) =>
      html`<label><input type="radio" name="way" .checked=${this.invites === invites} @change=${() => {
        this.invites = invites
      }} />${words}</label>`
    return html`<label>Name<input name="name" required maxlength="120" autocomplete="off" /></label>
      <label>E-mail<input name="email" type="email" required autocomplete="off" /></label>
      <fieldset><legend>The password</legend>
        ${choice(true, 'They choose it, by a link in an e-mail: nobody else knows it')}
        ${choice(false, 'I give them one')}</fieldset>
      ${this.invites ? nothing : newPassword()}`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    const field = (name: string) => String(fields.get(name) ?? '')
    await this.act.do(async () => {
      const password = field('password')
      if (this.user) {
        await adminApi.setPassword(this.user.id, password)
        this.#close(`${this.user.email} has a new password.`)
      } else await this.#add({ name: field('name'), email: field('email'), ...(!this.invites && { password }) })
    })
  }

  async #add(body: NewLogIn): Promise<void> {
    if (this.role === 'admin') await adminApi.createUser(body)
    else await adminApi.createDriver(body)
    const { email, password } = body
    this.#close(password === undefined ? `An invitation is on its way to ${email}.` : `${email} can log in.`)
  }

  #close(told: string): void {
    this.dispatchEvent(new CustomEvent('fm-form-closed', { detail: { told } }))
  }
}
customElements.define('fm-user-form', UserForm)
