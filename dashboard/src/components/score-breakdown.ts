import type { ScoreBreakdown as Breakdown } from '@fairmile/contract/http/risk.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** The score by habits: a sub-score of each, what it does to the expected claims, and how much it weighs among drivers. */
export class ScoreBreakdown extends elementWith({ breakdown: null as Breakdown | null }) {
  static styles = [
    base,
    css`
      li { display: grid; grid-template-columns: minmax(0, 1fr) 4.5rem 5rem; gap: 2px var(--space-3); align-items: baseline; padding: var(--space-2) 0; }
      li + li { border-top: 1px solid var(--line); }
      li b, li .claims { text-align: right; font-variant-numeric: tabular-nums; }
      .bar { grid-column: 1 / -1; display: block; width: 100%; height: 8px; border-radius: 4px; background: var(--line); }
      .unjudged { grid-template-columns: minmax(0, 1fr) max-content; }
      .none { color: var(--ink-soft); font-size: var(--size-1); text-align: right; }
      .up { color: var(--risk-3); }
      .soft { display: block; font-size: var(--size-0); }
    `,
  ]

  override render() {
    const { breakdown } = this
    if (!breakdown) return nothing
    return html`<ul>${breakdown.families.map((family) => (couldBeJudged(family) ? judged(family) : unjudged(family)))}</ul>
    <p class="soft">Each number is the score of somebody who is in the middle of the portfolio in all else. The parts of the claims multiply to the whole.</p>`
  }
}
customElements.define('fm-score-breakdown', ScoreBreakdown)

function claims(shap: number): string {
  const text = decimal(Math.expm1(shap) * 100, 1)
  return `${shap > 0 && /[1-9]/.test(text) ? '+' : ''}${text}${nbsp}%`
}

type Family = Breakdown['families'][number]

/** Whether anything of a habit was seen: what was not counts as the average's, which is no judgement. */
const couldBeJudged = ({ features }: Family): boolean =>
  features.length === 0 || features.some(({ value }) => value !== null)

const weightWords = ({ weight }: Family): string =>
  weight === null ? '' : `${decimal(weight * 100)}${nbsp}% of what tells drivers apart`

function judged(family: Family) {
  const { title, shap, safetyScore } = family
  return html`<li>
    <span>${title}<span class="soft">${weightWords(family)}</span></span>
    <span class="claims ${shap > 0 ? 'up' : ''}">${claims(shap)}<span class="soft">claims</span></span>
    <b>${safetyScore === null ? '–' : decimal(safetyScore)}<span class="soft">of 100</span></b>
    ${
      safetyScore === null
        ? nothing
        : html`<svg class="bar" aria-hidden="true"><rect width="${Math.max(2, safetyScore)}%" height="8" rx="4" fill=${safetyScore < 50 ? 'var(--risk-3)' : 'var(--brand)'} /></svg>`
    }</li>`
}

function unjudged(family: Family) {
  return html`<li class="unjudged"><span>${family.title}<span class="soft">${weightWords(family)}</span></span>
    <span class="none">could not be judged</span></li>`
}
