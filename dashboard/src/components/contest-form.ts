import { type ContestReason, contestReasons } from '@fairmile/contract/contest.ts'
import type { OpenContestBody } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { forms } from '../styles/forms.ts'
import { contestNote, lastDay, reasonNotes, reasonWords } from '../words/contest-words.ts'
import { elementWith } from './element.ts'

/** What was typed so far, of one event. */
interface ContestDraft {
  reason: ContestReason | ''
  text: string
  limitKmh: string
}
/** What was typed, by event: so that looking at another one loses nothing. */
export type ContestDrafts = Map<string, ContestDraft>

/** Letters that a text has at least, as the cloud asks for. */
const leastText = 3
const noDraft: ContestDraft = { reason: '', text: '', limitKmh: '' }

/** The form in which a driver contests an event. */
export class ContestForm extends elementWith({
  evidence: null as DrivingEventEvidence | null,
  send: null as ((body: OpenContestBody) => Promise<void>) | null,
  drafts: new Map() as ContestDrafts,
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
    const draft = this.drafts.get(evidence.eventId)
    if (!draft)
      return html`<div class="foot"><button class="ghost" @click=${() => this.#keep(noDraft)}>Contest this event</button><span class="soft">until ${lastDay(evidence.contestableUntil, now)}, once</span></div>`
    return this.#form(evidence, draft)
  }

  /** Keeps what was typed of this event; null forgets it. */
  #keep(draft: ContestDraft | null): void {
    const { eventId } = this.evidence!
    if (draft) this.drafts.set(eventId, draft)
    else this.drafts.delete(eventId)
    this.requestUpdate()
  }

  #form(evidence: DrivingEventEvidence, draft: ContestDraft) {
    const { kind } = evidence
    const { reason: given } = draft
    const reasons = contestReasons.filter((reason) => reason !== 'wrong_limit' || kind === 'speeding')
    const note = (given && reasonNotes[given]) || contestNote(evidence)
    return html`<form @submit=${this.#submit}>
      <label>Why is it wrong?<select name="reason" required @change=${(event: Event) => this.#keep({ ...draft, reason: typed(event) as ContestReason })}><option value="">Choose a reason</option>
        ${reasons.map((reason) => html`<option value=${reason} ?selected=${reason === given}>${reasonWords[reason]}</option>`)}</select></label>
      ${given === 'wrong_limit' ? html`<label>The limit there, km/h<input name="limitKmh" type="number" min="5" max="200" step="5" .value=${draft.limitKmh} @input=${(event: Event) => this.#keep({ ...draft, limitKmh: typed(event) })} /></label>` : nothing}
      <label>What happened?<textarea name="text" rows="4" minlength="3" maxlength="2000" required .value=${draft.text} @input=${(event: Event) => this.#keep({ ...draft, text: typed(event) })}></textarea></label>
      <p class="soft">${note}</p>
      ${this.failure ? html`<p role="alert" class="failure">${this.failure}</p>` : nothing}
      <div class="foot"><button type="submit" ?disabled=${this.sending}>Contest</button>
        <button type="button" class="ghost" @click=${() => this.#keep(null)}>Leave it</button></div></form>`
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const { eventId } = this.evidence!
    const { reason, text, limitKmh } = this.drafts.get(eventId) ?? noDraft
    if (!reason) return
    if (text.trim().length < leastText) {
      this.failure = 'Say in a few words what happened.'
      return
    }
    this.sending = true
    this.failure = ''
    try {
      const limit = reason === 'wrong_limit' && limitKmh !== '' ? { limitKmh: Number(limitKmh) } : {}
      await this.send?.({ reason, text, ...limit })
      this.drafts.delete(eventId)
    } catch (error) {
      this.failure = `It could not be sent: ${error instanceof Error ? error.message : String(error)}`
    }
    this.sending = false
  }
}
customElements.define('fm-contest-form', ContestForm)

const typed = ({ target }: Event): string =>
  (target as HTMLSelectElement | HTMLInputElement | HTMLTextAreaElement).value
