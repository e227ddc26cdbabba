import type { ScoreRecommendations as Recommendations } from '@fairmile/contract/http/risk.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { amountOf } from '@fairmile/models/explain/reasons.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, money, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** The few habits that would raise the safety score most, and by how much. */
export class ScoreRecommendations extends elementWith({ recommendations: null as Recommendations | null }) {
  static styles = [
    base,
    css`
      li { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-5); padding: var(--space-3) 0; }
      li:first-child { padding-top: 0; }
      li + li { border-top: 1px solid var(--line); }
      li p { flex: 1 1 100%; }
      b { color: var(--brand); font-size: var(--size-3); font-variant-numeric: tabular-nums; white-space: nowrap; }
      b .unit { font-size: var(--size-1); }
      .soft { display: block; font-size: var(--size-0); }
      .foot { padding-top: var(--space-3); border-top: 1px solid var(--line); }
    `,
  ]

  override render() {
    const told = this.recommendations
    if (!told) return nothing
    if (told.recommendations.length === 0)
      return html`<p>Nothing that you can change from one day to the next would raise your score by half a point.</p>`
    const isPriced = told.recommendations.some(({ price }) => price !== null)
    return html`<ol>${told.recommendations.map(
      (habit) => html`<li>
        ${effects(habit)}
        <p>${habit.advice}<span class="soft">${changeWords(habit)}</span></p></li>`,
    )}</ol>
    <p class="soft foot">Points of the safety score${isPriced ? ', and the price of a month at your plan’s distance' : ''}; below each, where nine in ten such changes lie.</p>`
  }
}
customElements.define('fm-score-recommendations', ScoreRecommendations)

type Habit = Recommendations['recommendations'][number]

/** What it would do to score and price, each with its range. */
function effects({ difference, price }: Habit) {
  return html`<div><b>+${decimal(-difference.risk, 1)}<span class="unit">points</span></b>
      <span class="soft">${decimal(-difference.high, 1)} to ${decimal(-difference.low, 1)}</span></div>
    ${
      price
        ? html`<div><b>${money(price.differenceMinor, price.currency)}<span class="unit">a month</span></b>
            <span class="soft">${money(price.lowMinor, price.currency)} to ${money(price.highMinor, price.currency)}</span></div>`
        : nothing
    }`
}

function changeWords({ feature: name, from, to, unit }: Habit): string {
  const amount = (value: number): string => amountOf({ name, value, unit }).replaceAll(' ', nbsp)
  return `${wordsOf(name).subject}: from ${amount(from)} to ${amount(to)}, as three of ten drivers have it.`
}
