import { type ContestReason, contestReasons } from '@fairmile/contract/contest.ts'
import type { OpenContestBody } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { forms } from '../styles/forms.ts'
import { lastDay, reasonNotes, reasonWords } from '../words/contest-words.ts'
import { elementWith } from './element.ts'

/** The form in which a driver contests an event. */
export class ContestForm extends elementWith({
  evidence: null as DrivingEventEvidence | null,
  send: null as ((body: OpenContestBody) => Promise<void>) | null,
  reason: '' as ContestReason | '',
  open: false,
  sending: false,
  failure: '',
  nowMs: 0,
}) {
  static styles = [
    base,
    forms,
    css`
      .foot { display: flex; flex-wrap: wrap; gap: var(--space-3); align-items: center; }
    `,
  ]

  override render() {
    const { evidence } = this
    if (!evidence) return nothing
    const now = this.nowMs || Date.now()
    if (Date.parse(evidence.contestableUntil) < now)
      return html`<p class="soft">It could be contested until ${lastDay(evidence.contestableUntil, now)}.</p>`
    if (!this.open)
      return html`<div class="foot"><button class="ghost" @click=${() => {
        this.open = true
      }}>Contest this event</button><span class="soft">until ${lastDay(evidence.contestableUntil, now)}, once</span></div>`
    return this.#form(evidence)
  }

  #form({ kind }: DrivingEventEvidence) {
    const reasons = contestReasons.filter((reason) => reason !== 'wrong_limit' || kind === 'speeding')
    const note = this.reason && reasonNotes[this.reason]
    return html`<form @submit=${this.#submit}>
      <label>Why is it wrong?<select name="reason" required @change=${(event: Event) => {
        this.reason = (event.target as HTMLSelectElement).value as ContestReason
      }}><option value="">Choose a reason</option>
        ${reasons.map((reason) => html`<option value=${reason} ?selected=${reason === this.reason}>${reasonWords[reason]}</option>`)}</select></label>
      ${this.reason === 'wrong_limit' ? html`<label>The limit there, km/h<input name="limitKmh" type="number" min="5" max="200" step="5" /></label>` : nothing}
      <label>What happened?<textarea name="text" rows="4" minlength="3" maxlength="2000" required></textarea></label>
      <p class="soft">${note || 'From now on it counts for nothing. Somebody looks at it within ten working days; where nobody does, you are right.'}</p>
      ${this.failure ? html`<p role="alert" class="failure">${this.failure}</p>` : nothing}
      <div class="foot"><button type="submit" ?disabled=${this.sending}>Contest</button>
        <button type="button" class="ghost" @click=${() => {
          this.open = false
        }}>Leave it</button></div></form>`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    const limit = data.get('limitKmh')
    this.sending = true
    this.failure = ''
    try {
      await this.send?.({
        reason: data.get('reason') as ContestReason,
        text: String(data.get('text')),
        ...(limit && { limitKmh: Number(limit) }),
      })
    } catch (error) {
      this.failure = `It could not be sent: ${error instanceof Error ? error.message : String(error)}`
    }
    this.sending = false
  }
}
customElements.define('fm-contest-form', ContestForm)
