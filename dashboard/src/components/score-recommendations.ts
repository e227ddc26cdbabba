import type { ScoreRecommendations as Recommendations } from '@fairmile/contract/http/risk.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** The few habits that would raise the safety score most, and by how much. */
export class ScoreRecommendations extends elementWith({ recommendations: null as Recommendations | null }) {
  static styles = [
    base,
    css`
      li { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); gap: var(--space-3); padding: var(--space-3) 0; }
      li + li { border-top: 1px solid var(--line); }
      b { color: var(--brand); font-size: var(--size-3); font-variant-numeric: tabular-nums; }
      .soft { display: block; font-size: var(--size-0); }
    `,
  ]

  override render() {
    const told = this.recommendations
    if (!told) return nothing
    if (told.recommendations.length === 0)
      return html`<p>Nothing that you can change from one day to the next would raise your score by half a point.</p>`
    return html`<ol>${told.recommendations.map(
      ({ advice, text, difference }) => html`<li>
        <div><b>+${decimal(-difference.risk, 1)}</b><span class="soft">${decimal(-difference.high, 1)} to ${decimal(-difference.low, 1)}</span></div>
        <div>${advice}<span class="soft">${text}</span></div></li>`,
    )}</ol>`
  }
}
customElements.define('fm-score-recommendations', ScoreRecommendations)
