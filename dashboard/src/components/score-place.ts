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
      .track { grid-column: 1 / -1; display: block; width: 100%; height: 14px; }
      .soft { font-size: var(--size-0); }
      h3 { margin-top: var(--space-3); }
    `,
  ]

  override render() {
    const { comparison } = this
    if (!comparison || comparison.saferShare === null) return nothing
    const known = comparison.features.filter(({ share, value }) => share !== null && value !== null)
    const far = known.toSorted((a, b) => Math.abs(b.share! - 0.5) - Math.abs(a.share! - 0.5)).slice(0, most)
    return html`<p><b>Safer than ${decimal((1 - comparison.saferShare) * 100)}${nbsp}% of drivers</b>
        in the portfolio that the model was made on, as far as ${decimal(comparison.judgedKm)}${nbsp}km show it.</p>
      <h3>Furthest from the middle</h3>
      <ul>${far.map(
        ({ feature, subject, unit, value, share }) => html`<li><span>${subject}</span>
          <span class="soft">${amountOf({ name: feature, value: value!, unit })}</span>
          <svg class="track" role="img" aria-label="${decimal(share! * 100)} % of drivers have less">
            <rect y="5" width="100%" height="4" rx="2" fill="var(--line)" />
            <rect x="10%" y="5" width="80%" height="4" fill="var(--brand)" fill-opacity="0.35" />
            <rect x="${Math.min(99, share! * 100)}%" width="3" height="14" rx="1.5" fill="var(--brand)" /></svg></li>`,
      )}</ul>
      <p class="soft">From who has least to who has most; eight of ten drivers lie in the coloured part.</p>`
  }
}
customElements.define('fm-score-place', ScorePlace)
