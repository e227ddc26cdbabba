import type { User } from '@fairmile/contract/http/auth.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import { css, html, nothing } from 'lit'
import '../components/download-links.ts'
import { elementWith } from '../components/element.ts'
import { show } from '../components/view-state.ts'
import { Resource } from '../controllers/resource.ts'
import type { SessionController } from '../controllers/session.ts'
import { chooseTheme, chosenTheme, themes } from '../controllers/theme.ts'
import { api } from '../data/api.ts'
import { ApiError } from '../data/api-error.ts'
import { driverDownloads } from '../data/downloads.ts'
import { base, grid } from '../styles/base.ts'
import { calendarDay } from '../words/dates.ts'

const themeWords = { system: 'As the system', light: 'Light', dark: 'Dark' }

/** Who is logged in, what is insured, how the pages look, and the way out. */
export class ProfilePage extends elementWith({
  user: null as User | null,
  session: null as SessionController | null,
  theme: chosenTheme(),
  problem: '',
}) {
  static styles = [
    base,
    grid,
    css`
      fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: var(--space-1); }
      legend { padding: 0; }
      label { display: flex; gap: var(--space-3); align-items: center; min-height: 44px; }
      input { appearance: none; display: grid; place-items: center; flex: none; width: 24px; height: 24px; margin: 0; cursor: pointer; }
      input::before { content: ""; width: 20px; height: 20px; border: 2px solid var(--edge); border-radius: 50%; }
      input:checked::before { border: 6px solid var(--brand); }
      @media (max-width: 900px) { label { gap: 0; } input { width: 44px; height: 44px; place-items: center start; } }
      fm-download-links { margin-top: var(--space-3); }
      .out { margin-top: var(--space-4); }
    `,
  ]

  readonly #driver = new Resource(this, (driver: string, signal) => api.driver(driver, signal))

  override willUpdate(): void {
    this.#driver.want(this.user?.driverId ?? null)
  }

  override render() {
    const { user } = this
    return html`<div class="grid">
      <header class="page-head"><div><h1>Profile</h1><p>${user?.name ?? ''}</p></div></header>
      <section class="card of-4"><header><h2>Log-in</h2></header>
        <div class="rows"><div class="row"><span class="soft">Name</span><span>${user?.name}</span></div>
          <div class="row"><span class="soft">E-mail</span><span>${user?.email}</span></div>
          <div class="row"><span class="soft">Role</span><span>${user?.role}</span></div></div>
        ${this.problem ? html`<p class="soft" role="alert">${this.problem}</p>` : nothing}
        <p class="out"><button class="ghost" @click=${this.#logOut}>Log out</button></p></section>
      <section class="card of-4"><header><h2>Looks</h2></header><fieldset><legend class="visually-hidden">Looks</legend>
        ${themes.map(
          (theme) => html`<label><input type="radio" name="theme" .checked=${theme === this.theme}
            @change=${() => {
              this.theme = theme
              chooseTheme(theme)
            }} />${themeWords[theme]}</label>`,
        )}</fieldset></section>
      ${user?.driverId ? [this.#policies(), this.#data(user.driverId)] : nothing}
    </div>`
  }

  #policies() {
    return html`<section class="card of-4"><header><h2>Insured</h2></header>${show(this.#driver, {
      what: 'Your insurance',
      isEmpty: ({ policies }) => !policies.some(isInForce),
      empty: { title: 'No policy yet.', next: 'It appears here as soon as your insurer has set it up.' },
      content: ({ policies }) =>
        html`<div class="rows">${policies.filter(isInForce).map(
          ({ vehicle, startsOn, endsOn, planId }) => html`<div class="row"><span><b>${vehicle.name}</b><br />
          <span class="soft">${calendarDay(startsOn, Date.now())} to ${calendarDay(endsOn, Date.now())}</span></span>
          <span class="tag">${planId}</span></div>`,
        )}</div>`,
    })}</section>`
  }

  #data(driverId: string) {
    return html`<section class="card of-12"><header><h2>Download my data</h2></header>
      <p class="soft">What is kept of you in the last year: trips with every second, events with their traces, scores, premiums, receipts, contests
        and notifications; and your policies with their history, how you want to be told, and the browsers that are pushed to. Not in the
        file are your points, earlier versions of trips, full-rate readings of crashes, and seconds of months that were archived.</p>
      <fm-download-links .downloads=${driverDownloads(driverId)}></fm-download-links></section>`
  }

  async #logOut(): Promise<void> {
    try {
      await this.session?.logOut()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.problem = `You are still logged in. ${error.message} Try again.`
    }
  }
}
customElements.define('fm-profile-page', ProfilePage)

/** Whether a policy is one, or was: not undone before it began. */
const isInForce = ({ state }: Driver['policies'][number]): boolean => state !== 'voided'
