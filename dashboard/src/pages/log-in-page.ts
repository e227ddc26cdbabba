import { html, nothing } from 'lit'
import { elementWith } from '../components/element.ts'
import { entryCard } from '../components/entry-card.ts'
import type { OutReason, SessionController } from '../controllers/session.ts'
import { ApiError } from '../data/api-error.ts'
import { base } from '../styles/base.ts'
import { entry } from '../styles/entry.ts'

const reasonWords: Readonly<Record<OutReason, string>> = {
  none: 'Your score, your trips, and a price that you can check yourself.',
  ended: 'Your session is over, so you were logged out. What the car sent meanwhile is kept.',
  elsewhere: 'You were logged out in another tab.',
}

/** Log-in by e-mail and password. */
export class LogInPage extends elementWith({
  session: null as SessionController | null,
  reason: 'none' as OutReason,
  busy: false,
  problem: '',
}) {
  static styles = [base, entry]

  override render() {
    return entryCard({
      heading: 'Log in',
      lead: reasonWords[this.reason],
      content: html`<form @submit=${this.#onSubmit}>
        <label>E-mail<input name="email" type="email" autocomplete="username" required autofocus /></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <button ?disabled=${this.busy}>${this.busy ? 'Logging in' : 'Log in'}</button>
      </form>
      <p class="ways"><a class="target" href="/forgotten-password">Forgot your password?</a></p>`,
    })
  }

  async #onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.target as HTMLFormElement)
    this.busy = true
    this.problem = ''
    try {
      await this.session?.logIn(String(form.get('email')), String(form.get('password')))
    } catch (error) {
      this.problem = problemWords(error)
    } finally {
      this.busy = false
    }
  }
}
customElements.define('fm-log-in-page', LogInPage)

function problemWords(error: unknown): string {
  if (!(error instanceof ApiError)) throw error
  if (error.kind === 'unauthenticated') return 'E-mail or password are not right. Check both and try again.'
  if (error.kind === 'offline') return 'No connection. Try again when the network is back.'
  return error.message
}
