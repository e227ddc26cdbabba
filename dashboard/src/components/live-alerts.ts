import { css, html } from 'lit'
import { tripPath } from '../controllers/routes.ts'
import type { LiveAlert } from '../data/merge-alerts.ts'
import { base } from '../styles/base.ts'
import { clockSeconds } from '../words/dates.ts'
import { eventTitle, peakOf } from '../words/event-words.ts'
import { elementWith } from './element.ts'

/** What the driver was told, newest first. */
export class LiveAlerts extends elementWith({ alerts: [] as readonly LiveAlert[] }) {
  static styles = [
    base,
    css`
      li { animation: arrive var(--slow) var(--ease); }
      @keyframes arrive { from { opacity: 0; transform: translateY(-6px); } }
      .target { justify-content: end; }
      .next { margin-top: var(--space-3); }
    `,
  ]

  override render() {
    const { alerts } = this
    if (alerts.length === 0) {
      return html`<p>Nothing so far.</p><p class="soft">What is told to the driver appears here at the same moment. Its
        evidence grade follows with the trip.</p>`
    }
    return html`<ul class="rows" aria-live="polite">${alerts.map(
      (
        alert,
      ) => html`<li class="row"><span><b>${eventTitle(alert.kind, alert.band)}</b>, ${peakOf({ kind: alert.kind, peak: alert.value })}<br />
        <span class="soft">${clockSeconds(alert.at)}</span></span><a class="target" href=${tripPath(alert.tripId)}>trip</a></li>`,
    )}</ul><p class="soft next">The evidence grade follows with the trip.</p>`
  }
}
customElements.define('fm-live-alerts', LiveAlerts)
