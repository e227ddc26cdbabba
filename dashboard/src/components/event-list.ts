import type { DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { clock } from '../words/dates.ts'
import { counts, eventTitle, peakOf, speedsOf, weight } from '../words/event-words.ts'
import { elementWith } from './element.ts'

/** Which event the person chose. */
export type EventChosen = CustomEvent<{ eventId: string }>

/** The events of a trip; fires `fm-event-chosen` where they can be opened here. */
export class EventList extends elementWith({
  events: [] as readonly DrivingEventSummary[],
  chosenId: null as string | null,
}) {
  static styles = [
    base,
    css`
      button { width: 100%; min-height: 44px; padding: var(--space-2) var(--space-3); margin: 0 calc(-1 * var(--space-3)); width: calc(100% + 2 * var(--space-3)); background: none; color: inherit; font-weight: 400; font-size: var(--size-2); text-align: left; justify-content: space-between; align-items: baseline; }
      .tag { flex: 0 1 auto; white-space: normal; text-align: right; border-radius: 12px; }
      button > span:first-child { flex: 1 1 60%; }
      button:hover { background: var(--brand-wash); filter: none; }
      button[aria-pressed="true"] { background: var(--brand-wash); box-shadow: inset 3px 0 0 var(--brand); }
    `,
  ]

  override render() {
    return html`<ul class="rows">${this.events.map((event) => {
      const speeds = speedsOf(event)
      return html`<li><button aria-pressed=${event.id === this.chosenId} @click=${() => this.#choose(event.id)}>
        <span><b>${eventTitle(event.kind, event.band)}</b>, ${peakOf(event)}<br />
          <span class="soft">${clock(event.startAt)}${speeds ? `, ${speeds}` : ''}</span></span>
        <span class="tag ${counts(event) ? 'counts' : ''}">${weight(event)}</span></button></li>`
    })}</ul>`
  }

  #choose(eventId: string): void {
    this.dispatchEvent(new CustomEvent('fm-event-chosen', { detail: { eventId } }) satisfies EventChosen)
  }
}
customElements.define('fm-event-list', EventList)
