import type { ContestDetail, RuleContestBody } from '@fairmile/contract/http/contests.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import { base } from '../styles/base.ts'
import { forms } from '../styles/forms.ts'
import { decimal, money } from '../words/figures.ts'
import { elementWith } from './element.ts'

type Ruling = RuleContestBody['ruling']

const asks: Readonly<Record<Ruling, { question: string; does: string }>> = {
  upheld: {
    question: 'Uphold it: the event counts for nothing, and the driver is told so with your grounds.',
    does: 'Yes, uphold',
  },
  rejected: {
    question: 'Reject it: the event counts as before, and the driver is told so with your grounds.',
    does: 'Yes, reject',
  },
}

/** Where upholding puts a limit right, by which the event may be speeding all the same. */
const asksOfLimit =
  'Uphold it: the limit is put right for everyone who drove there. By the true one the event may still be speeding and count; the driver is told which, with your grounds.'

/** Whether upholding it puts a limit right. */
const correctsLimit = ({ reason, event }: ContestDetail): boolean =>
  reason === 'wrong_limit' && event.kind === 'speeding'

/** For admins: what hangs on a contest, and the form in which it is upheld or rejected; each is asked about once more, for nothing takes it back. */
export class RulingForm extends elementWith({
  contest: null as ContestDetail | null,
  send: null as ((body: RuleContestBody) => Promise<void>) | null,
  /** The ruling that is asked about. */
  asking: null as Ruling | null,
  sending: false,
  failure: '',
}) {
  static styles = [
    base,
    forms,
    css`
      .foot { display: flex; flex-wrap: wrap; gap: var(--space-3); }
      .pair { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-4); }
      p { margin-bottom: var(--space-3); font-size: var(--size-1); }
    `,
  ]

  override render() {
    const { contest } = this
    if (!contest || contest.settledAt !== null) return nothing
    return html`<p>${effectWords(contest)}</p>
      <form @submit=${(event: Event) => event.preventDefault()}>
        ${
          correctsLimit(contest)
            ? html`<div class="pair"><label>True limit, km/h<input name="limitKmh" type="number" min="5" max="200" step="5" .value=${String(contest.limitKmh ?? '')} /></label>
                <label>Within, m<input name="radiusM" type="number" min="20" max="2000" step="10" value="150" /></label></div>
                <p class="soft">Upholding corrects the limit for everyone who drove there, in that direction.</p>`
            : nothing
        }
        ${
          contest.reason === 'not_me'
            ? html`<label>Who drove, where you know<input name="driverId" pattern="DRV-[0-9A-Z]+" placeholder="DRV-…" /></label>
                <p class="soft">Naming somebody moves their score and premium: a second examiner has to agree.</p>`
            : nothing
        }
        <label>Grounds, told to the driver<textarea name="grounds" rows="4" minlength="10" maxlength="2000" required></textarea></label>
        ${this.failure ? html`<p role="alert" class="failure">${this.failure}</p>` : nothing}
        ${this.asking ? this.#confirmation(contest, this.asking) : this.#choice()}</form>`
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('asking') && this.asking) this.renderRoot.querySelector<HTMLElement>('.foot button')?.focus()
    else if (changed.get('asking')) this.renderRoot.querySelector('textarea')?.focus()
  }

  #choice() {
    return html`<div class="foot"><button type="button" @click=${() => this.#ask('upheld')}>Uphold</button>
      <button type="button" class="ghost" @click=${() => this.#ask('rejected')}>Reject</button></div>`
  }

  #confirmation(contest: ContestDetail, ruling: Ruling) {
    const { does } = asks[ruling]
    const question = ruling === 'upheld' && correctsLimit(contest) ? asksOfLimit : asks[ruling].question
    return html`<p role="status">${question} A ruling is not taken back.</p>
      <div class="foot"><button type="button" ?disabled=${this.sending} @click=${() => this.#rule(ruling)}>${does}</button>
        <button type="button" class="ghost" ?disabled=${this.sending} @click=${() => {
          this.asking = null
        }}>Not yet</button></div>`
  }

  #ask(ruling: Ruling): void {
    this.failure = ''
    if (this.renderRoot.querySelector('form')?.reportValidity()) this.asking = ruling
  }

  async #rule(ruling: Ruling): Promise<void> {
    const form = this.renderRoot.querySelector('form')
    if (!form?.reportValidity()) return
    const data = new FormData(form)
    const [limitKmh, radiusM, driverId] = ['limitKmh', 'radiusM', 'driverId'].map((name) => data.get(name))
    const upheld = ruling === 'upheld'
    this.sending = true
    this.failure = ''
    try {
      await this.send?.({
        ...{ version: this.contest!.version, ruling, grounds: String(data.get('grounds')) },
        ...(upheld && limitKmh && { limit: { limitKmh: Number(limitKmh), radiusM: Number(radiusM) } }),
        ...(upheld && driverId && { driverId: String(driverId) }),
      })
    } catch (error) {
      this.failure = `It could not be ruled: ${error instanceof Error ? error.message : String(error)}`
    }
    this.asking = null
    this.sending = false
  }
}
customElements.define('fm-ruling-form', RulingForm)

function effectWords({ effect }: ContestDetail): string {
  if (effect === null) return 'What it does to premium and score is not known, so a second examiner has to agree.'
  const { premiumMinor, currency, risk, needsSecond } = effect
  const second = needsSecond ? ' A second examiner has to agree.' : ''
  const score =
    risk === null
      ? '; too few kilometres were judged for a safety score'
      : ` and the safety score ${decimal(risk, 1)} lower`
  return `Were it to count, the premium to date would be ${money(premiumMinor, currency)} higher${score}.${second}`
}
