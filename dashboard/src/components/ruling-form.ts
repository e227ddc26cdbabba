import type { ContestDetail, RuleContestBody } from '@fairmile/contract/http/contests.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { forms } from '../styles/forms.ts'
import { decimal, money } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** For admins: what hangs on a contest, and the form in which it is upheld or rejected. */
export class RulingForm extends elementWith({
  contest: null as ContestDetail | null,
  send: null as ((body: RuleContestBody) => Promise<void>) | null,
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
    const corrects = contest.reason === 'wrong_limit' && contest.event.kind === 'speeding'
    return html`<p>${effectWords(contest)}</p>
      <form @submit=${this.#submit}>
        ${
          corrects
            ? html`<div class="pair"><label>True limit, km/h<input name="limitKmh" type="number" min="5" max="200" step="5" .value=${String(contest.limitKmh ?? '')} /></label>
                <label>Within, m<input name="radiusM" type="number" min="20" max="2000" step="10" value="150" /></label></div>
                <p class="soft">Upholding corrects the limit for everyone who drove there, in that direction.</p>`
            : nothing
        }
        ${
          contest.reason === 'not_me'
            ? html`<label>Who drove, where you know<input name="driverId" pattern="DRV-[0-9A-Z]+" placeholder="DRV-…" /></label>`
            : nothing
        }
        <label>Grounds, told to the driver<textarea name="grounds" rows="4" minlength="10" maxlength="2000" required></textarea></label>
        ${this.failure ? html`<p role="alert" class="failure">${this.failure}</p>` : nothing}
        <div class="foot"><button type="submit" value="upheld" ?disabled=${this.sending}>Uphold</button>
          <button type="submit" value="rejected" class="ghost" ?disabled=${this.sending}>Reject</button></div></form>`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    const ruling = (event.submitter as HTMLButtonElement).value as RuleContestBody['ruling']
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
    this.sending = false
  }
}
customElements.define('fm-ruling-form', RulingForm)

function effectWords({ effect }: ContestDetail): string {
  if (effect === null) return 'What it does to premium and score is not known, so a second examiner has to agree.'
  const { premiumMinor, currency, risk, needsSecond } = effect
  const second = needsSecond ? ' A second examiner has to agree.' : ''
  return `Were it to count, the premium to date would be ${money(premiumMinor, currency)} higher and the safety score ${decimal(risk, 1)} lower.${second}`
}
