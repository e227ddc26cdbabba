import type { Score, ScoreReason } from '@fairmile/contract/http/score.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, nbsp } from '../words/figures.ts'
import { missingWords } from '../words/risk-words.ts'
import { elementWith } from './element.ts'

/** Reasons that are worth a line; beyond them nothing changes much. */
const mostShown = 3
/** A reason that moves the prediction by less than this share is left out. */
const leastShare = 0.01

/** How far a reason moves the predicted claims, as a share: exp(SHAP) − 1, for the model's link is the logarithm. */
const shareOf = ({ shap }: ScoreReason): number => Math.exp(shap) - 1

/** What raises the driver's risk most, and what keeps it low, from the score's exact reasons. */
export class AdviceCard extends elementWith({ score: null as Score | null }) {
  static styles = [
    base,
    css`
      .up { color: var(--risk-3); }
      .down { color: var(--brand); }
      p { margin-top: var(--space-3); }
    `,
  ]

  override render() {
    if (this.score?.judgedKm === 0) {
      return html`<div>Fix the sensor box where it cannot move, with its motion sensor plugged in and a view of the sky for the positions.</div>
        <p class="soft">What would help in your driving can be said as soon as some of it could be judged.</p>`
    }
    if (this.score?.status === 'unscored')
      return html`<p class="soft">What would help can be said as soon as there is a score: ${missingWords(this.score.missingKm)}</p>`
    const reasons = this.score?.reasons ?? []
    const bySize = (a: ScoreReason, b: ScoreReason) => Math.abs(b.shap) - Math.abs(a.shap)
    const notable = reasons.filter((reason) => Math.abs(shareOf(reason)) >= leastShare).toSorted(bySize)
    const raising = notable.filter(({ direction }) => direction === 'raises').slice(0, mostShown)
    const lowering = notable.filter(({ direction }) => direction === 'lowers').slice(0, raising.length > 1 ? 1 : 2)
    return html`<div class="rows">
      ${raising.map((reason) => row(reason))}
      ${raising.length === 0 ? html`<div class="row"><span>Nothing raises your risk above the others' just now.</span></div>` : nothing}
      ${lowering.map((reason) => row(reason))}
      </div>
      <p class="soft">Against the average driver, exactly as the model adds them up.</p>`
  }
}
customElements.define('fm-advice-card', AdviceCard)

/** The cloud's sentence ends with its effect, which stands in a column of its own here. */
const effect = / (raises|lowers) the expected claims\b.*$/

function row(reason: ScoreReason) {
  const share = shareOf(reason) * 100
  const raises = reason.direction === 'raises'
  return html`<div class="row"><span>${reason.text.replace(effect, '')}<br /><span class="soft">${raises ? 'raises' : 'lowers'} the claims expected</span></span>
    <b class=${raises ? 'up' : 'down'}>${share > 0 ? '+' : ''}${decimal(share)}${nbsp}%</b></div>`
}
