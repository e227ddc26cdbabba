import { html, nothing } from 'lit'
import { elementWith } from '../components/element.ts'
import { entryCard } from '../components/entry-card.ts'
import { Act } from '../controllers/act.ts'
import { api } from '../data/api.ts'
import { base } from '../styles/base.ts'
import { entry } from '../styles/entry.ts'

/** Asks for a link by which a new password is set. */
export class ForgottenPasswordPage extends elementWith({
  /** The address that a link was asked for; empty before. */
  askedFor: '',
}) {
  static styles = [base, entry]

  readonly act = new Act(this)

  /** Takes the focus along, which was at a link of the page before. */
  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus()
  }

  override render() {
    return entryCard({
      heading: 'A new password',
      lead: this.askedFor
        ? `If ${this.askedFor} has a log-in here, a mail with a link is on its way. Nothing came after some minutes? Look among the spam, then ask once more.`
        : 'Say your e-mail address: a link to choose a new password is sent there.',
      content: html`${this.askedFor ? nothing : this.#form()}
        <p class="ways"><a class="target" href="/">Back to the log-in</a></p>`,
    })
  }

  #form() {
    const { error, busy } = this.act
    return html`<form @submit=${this.#onSubmit}>
      <label>E-mail<input name="email" type="email" autocomplete="username" required /></label>
      ${error ? html`<p class="problem" role="alert">${error}</p>` : nothing}
      <button ?disabled=${busy}>${busy ? 'Asking' : 'Send the link'}</button></form>`
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const email = String(new FormData(event.target as HTMLFormElement).get('email'))
    await this.act.do(async () => {
      await api.askPasswordLink(email)
      this.askedFor = email
    })
  }
}
customElements.define('fm-forgotten-password-page', ForgottenPasswordPage)
