import { css, html, nothing } from 'lit'
import { elementWith } from '../components/element.ts'
import { mark } from '../components/icon.ts'
import type { OutReason, SessionController } from '../controllers/session.ts'
import { ApiError } from '../data/api-error.ts'
import { base } from '../styles/base.ts'

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
  static styles = [
    base,
    css`
      :host { min-height: 100vh; display: grid; place-items: center; padding: var(--space-4); }
      .card { width: min(420px, 100%); height: auto; padding: var(--space-6) var(--space-5); }
      .brand { display: flex; gap: 8px; align-items: center; font-weight: 700; font-size: var(--size-3); letter-spacing: -0.02em; margin-bottom: var(--space-5); }
      form { display: grid; gap: var(--space-4); margin-top: var(--space-5); }
      label { display: grid; gap: 6px; font-size: var(--size-1); font-weight: 600; }
      input { font: inherit; font-size: var(--size-2); color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); min-height: 44px; padding: 0 12px; }
      input:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: var(--radius-small); }
      button { min-height: 44px; }
      .problem { font-size: var(--size-1); border-left: 3px solid var(--risk-4); padding: 2px 0 2px 12px; }
    `,
  ]

  override render() {
    return html`<main class="card">
      <div class="brand">${mark()} Fairmile</div>
      <h1>Log in</h1>
      <p class="soft">${reasonWords[this.reason]}</p>
      <form @submit=${this.#onSubmit}>
        <label>E-mail<input name="email" type="email" autocomplete="username" required autofocus /></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <button ?disabled=${this.busy}>${this.busy ? 'Logging in' : 'Log in'}</button>
      </form></main>`
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
