import type { Score } from '@fairmile/contract/http/score.ts'
import { css, html, svg } from 'lit'
import { base } from '../styles/base.ts'
import { counted, decimal, nbsp } from '../words/figures.ts'
import { missingDistance } from '../words/risk-words.ts'
import { elementWith } from './element.ts'

const left = 4
const width = 312

/** The safety score with its interval on the scale it is of. */
export class ScoreCard extends elementWith({ score: null as Score | null }) {
  static styles = [
    base,
    css`
      svg { display: block; width: 100%; height: auto; margin: var(--space-4) 0 var(--space-2); }
      .row { border-top: 1px solid var(--line); margin-top: var(--space-3); }
      .none { font-size: var(--size-3); font-weight: 600; margin-bottom: var(--space-2); }
      svg text { font: 11px var(--font); fill: var(--ink-soft); }
    `,
  ]

  override render() {
    const { score } = this
    if (!score) return html``
    if (score.judgedKm === 0) return unjudged(score)
    const { safetyScore, interval, relativity } = score
    if (safetyScore === null || interval === null || relativity === null) return tooShort(score)
    const [low, high] = [100 - interval.high, 100 - interval.low]
    return html`
      <div class="big">${decimal(safetyScore)}<span class="unit">± ${decimal((high - low) / 2)} of 100</span></div>
      ${scale(low, safetyScore, high)}
      <p class="soft">From ${decimal(score.exposureKm)} km in ${counted(score.trips, 'trip')}. It lies between
        ${decimal(low)} and ${decimal(high)} with 90 % confidence; more kilometres narrow that down.</p>
      <div class="row"><span class="soft">Expected claims</span><b>${againstAverage(relativity)}</b></div>`
  }
}
customElements.define('fm-score-card', ScoreCard)

/** A number would only be the average dressed as a judgement. */
function unjudged({ exposureKm, trips }: Score) {
  const way = exposureKm > 0 ? `the ${decimal(exposureKm, exposureKm < 100 ? 1 : 0)}${nbsp}km` : 'the way'
  return html`<p class="none">Could not be judged</p>
    <p class="soft">On no part of ${way} in ${counted(trips, 'trip')} were all sensors there that a judgement needs: good positions,
      and a motion sensor in the car whose mount is known. A score comes with the first kilometres that have them; until
      then you are taken as the average.</p>`
}

/** What the price does not take as a judgement is not shown as one. */
function tooShort({ judgedKm, minimumKm, missingKm }: Score) {
  return html`<p class="none">Not scored yet</p>
    <p class="soft">${decimal(judgedKm, 1)}${nbsp}km could be judged, and a score takes ${decimal(minimumKm, 1)}${nbsp}km:
      ${missingDistance(missingKm)} are missing. Until then you are taken as the average.</p>`
}

function againstAverage(relativity: number): string {
  const difference = Math.round((relativity - 1) * 100)
  if (difference === 0) return 'as the average'
  return `${Math.abs(difference)}${nbsp}% ${difference < 0 ? 'below' : 'above'} average`
}

function scale(low: number, at: number, high: number) {
  const x = (value: number) => left + (Math.max(0, Math.min(100, value)) / 100) * width
  return html`<svg viewBox="0 0 320 44" role="img"
    aria-label="Score ${decimal(at)}, between ${decimal(low)} and ${decimal(high)}, on a scale from 0 to 100">
    <path d="M${left} 16H${left + width}" stroke="var(--line)" stroke-width="8" stroke-linecap="round" />
    <path d="M${x(low)} 16H${x(high)}" stroke="var(--brand)" stroke-opacity="0.35" stroke-width="16" />
    <path d="M${x(at)} 4V28" stroke="var(--brand)" stroke-width="3" stroke-linecap="round" />
    ${[0, 50, 100].map((tick, index) => svg`<text x=${x(tick)} y="41" text-anchor=${['start', 'middle', 'end'][index]!}>${tick}</text>`)}
  </svg>`
}
