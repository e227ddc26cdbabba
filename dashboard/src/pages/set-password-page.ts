import { html, nothing } from 'lit'
import { elementWith } from '../components/element.ts'
import { entryCard } from '../components/entry-card.ts'
import { newPassword } from '../components/new-password.ts'
import { Act } from '../controllers/act.ts'
import type { SessionController } from '../controllers/session.ts'
import { api } from '../data/api.ts'
import { ApiError } from '../data/api-error.ts'
import { base } from '../styles/base.ts'
import { entry } from '../styles/entry.ts'

/** Where a link from a mail leads: its reader chooses a password. */
export class SetPasswordPage extends elementWith({
  session: null as SessionController | null,
  /** What stands behind the `#` of the link; empty where nothing does. */
  token: '',
  shown: false,
  /** The password is set, or the link is worth nothing any more. */
  outcome: null as 'set' | 'over' | null,
}) {
  static styles = [base, entry]

  readonly act = new Act(this)

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('hashchange', this.#takeToken)
    this.#takeToken()
  }

  override disconnectedCallback(): void {
    removeEventListener('hashchange', this.#takeToken)
    super.disconnectedCallback()
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus()
  }

  override render() {
    if (this.outcome === 'set')
      return entryCard({
        heading: 'Your password is set',
        lead: 'Nobody else knows it. Wherever you were logged in, you are logged out.',
        content: html`<p class="ways"><a class="button" href="/">Log in</a></p>`,
      })
    if (!this.token || this.outcome === 'over')
      return entryCard({
        heading: 'This link is not good any more',
        lead: this.act.error || 'Open the link in the newest mail once more, or ask for another one.',
        content: html`<p class="ways"><a class="button" href="/forgotten-password">Ask for another link</a></p>`,
      })
    return entryCard({
      heading: 'Choose a password',
      lead: 'It is yours alone: no admin knows it, or can see it.',
      content: this.#form(),
    })
  }

  #form() {
    const { error, busy } = this.act
    return html`<form @submit=${this.#onSubmit}>${newPassword(this.shown)}
      <label class="check"><input type="checkbox" .checked=${this.shown} @change=${this.#onShow} />Show what I type</label>
      ${error ? html`<p class="problem" role="alert">${error}</p>` : nothing}
      <button ?disabled=${busy}>${busy ? 'Setting it' : 'Set the password'}</button></form>`
  }

  /** Takes the token out of the address, so that neither history nor a picture of the screen has it. */
  readonly #takeToken = (): void => {
    const token = location.hash.slice(1)
    if (!token) return
    history.replaceState(null, '', location.pathname)
    this.token = token
    this.outcome = null
    this.act.clear()
  }

  readonly #onShow = (event: Event): void => {
    this.shown = (event.target as HTMLInputElement).checked
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const password = String(new FormData(event.target as HTMLFormElement).get('password'))
    await this.act.do(async () => {
      try {
        await api.usePasswordLink(this.token, password)
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'missing') this.outcome = 'over'
        throw error
      }
      this.outcome = 'set'
      this.token = ''
      // The session of this browser may have been the same log-in's, and is over then.
      await this.session?.check()
    })
  }
}
customElements.define('fm-set-password-page', SetPasswordPage)
