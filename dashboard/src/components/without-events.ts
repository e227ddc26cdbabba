import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { css, html, nothing } from 'lit'
import { ApiError } from '../data/api-error.ts'
import { base } from '../styles/base.ts'
import { counted } from '../words/figures.ts'
import { withoutWords } from '../words/without-events-words.ts'
import { elementWith } from './element.ts'

/** What score and price would be without some events, for whoever asks. */
export class WithoutEvents extends elementWith({
  /** How many events are left out. */
  count: 0,
  ask: null as (() => Promise<WhatIf>) | null,
  answer: null as WhatIf | null,
  asking: false,
  failure: '',
}) {
  static styles = [base, css`.answer { margin-top: var(--space-2); }`]

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('count')) this.answer = null
  }

  override render() {
    if (this.count === 0) return nothing
    const events = this.count === 1 ? 'event' : counted(this.count, 'event')
    return html`<button class="ghost" ?disabled=${this.asking} @click=${this.#onAsk}>What if the ${events} in your score had not been?</button>
      <div class="answer" role="status">${this.answer ? html`<p>${withoutWords(this.answer).join(' ')}</p>` : nothing}
        ${this.failure ? html`<p>${this.failure}</p>` : nothing}</div>`
  }

  readonly #onAsk = async (): Promise<void> => {
    this.asking = true
    this.failure = ''
    try {
      this.answer = (await this.ask?.()) ?? null
    } catch (error) {
      const isPast = error instanceof ApiError && error.status === 422
      this.failure = isPast
        ? 'They are in neither your score nor your price any more.'
        : `It could not be worked out now. ${error instanceof Error ? error.message : String(error)}`
    }
    this.asking = false
  }
}
customElements.define('fm-without-events', WithoutEvents)
