import type { ScoreComparison } from '@fairmile/contract/http/risk.ts'
import { amountOf } from '@fairmile/models/explain/reasons.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** Features that lie furthest from the middle; the API has all. */
const most = 8

/** Where a driver and their features lie among those of the portfolio. */
export class ScorePlace extends elementWith({ comparison: null as ScoreComparison | null }) {
  static styles = [
    base,
    css`
      li { padding: var(--space-2) 0; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px var(--space-3); }
      li + li { border-top: 1px solid var(--line); }
      .track { grid-column: 1 / -1; position: relative; height: 14px; }
      .track::before { content: ''; position: absolute; inset: 5px 0; border-radius: 2px; background: var(--line); }
      .track::after { content: ''; position: absolute; inset: 5px 10%; background: var(--brand); opacity: 0.3; }
      .track i { position: absolute; z-index: 1; top: 0; width: 3px; height: 14px; border-radius: 2px; background: var(--brand); }
      .soft { font-size: var(--size-0); }
      h3 + ul { margin-top: 0; }
    `,
  ]

  override render() {
    const { comparison } = this
    if (!comparison) return nothing
    const known = comparison.features.filter(({ share, value }) => share !== null && value !== null)
    const far = known.toSorted((a, b) => Math.abs(b.share! - 0.5) - Math.abs(a.share! - 0.5)).slice(0, most)
    return html`<p><b>Safer than ${decimal((1 - comparison.saferShare) * 100)}${nbsp}% of drivers</b>
        in the portfolio that the model was made on, as far as ${decimal(comparison.judgedKm)}${nbsp}km show it.</p>
      <h3>Furthest from the middle</h3>
      <ul>${far.map(
        ({ feature, subject, unit, value, share }) => html`<li><span>${subject}</span>
          <span class="soft">${amountOf({ name: feature, value: value!, unit })}</span>
          <div class="track" role="img" aria-label="${decimal(share! * 100)} % of drivers have less"><i style="left:${Math.min(99, share! * 100)}%"></i></div></li>`,
      )}</ul>
      <p class="soft">From who has least to who has most; eight of ten drivers lie in the coloured part.</p>`
  }
}
customElements.define('fm-score-place', ScorePlace)
