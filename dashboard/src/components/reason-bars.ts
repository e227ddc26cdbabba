import type { DriverReasons, FeatureReason } from '@fairmile/contract/http/reasons.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { amountOf } from '@fairmile/models/explain/reasons.ts'
import { css, html, nothing, svg } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, money, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** Bars that are read at a glance; the table behind has all. */
const mostBars = 12
/** A part that moves the expected claims by less than this is no bar. */
const leastShare = 0.005

/** What each part means in the month that the plan quotes, minor units by feature. */
export interface ReasonMoney {
  currency: string
  minor: ReadonlyMap<string, number>
}

/** What moves the score: each feature's exact part, to both sides of what is expected of somebody unknown. */
export class ReasonBars extends elementWith({
  reasons: null as DriverReasons | null,
  money: null as ReasonMoney | null,
  all: false,
}) {
  static styles = [
    base,
    css`
      .sides { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr) 5.5rem; gap: var(--space-4); font-size: var(--size-0); color: var(--ink-soft); margin-bottom: var(--space-1); }
      .sides div { grid-column: 2; display: flex; justify-content: space-between; gap: var(--space-2); }
      li { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr) 5.5rem; gap: var(--space-1) var(--space-4); align-items: center; padding: 7px 0; }
      li + li { border-top: 1px solid var(--line); }
      li b { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; line-height: 1.25; }
      li b small { display: block; font-weight: 400; font-size: var(--size-0); color: var(--ink-soft); }
      .up { color: var(--risk-3); }
      .down { color: var(--brand); }
      .amount { display: block; }
      svg.bar { display: block; width: 100%; height: 18px; overflow: visible; }
      rect { transition: width var(--slow) var(--ease), x var(--slow) var(--ease); }
      .whole { margin-top: var(--space-3); padding-top: var(--space-3); border-top: 2px solid var(--line); display: flex; justify-content: space-between; gap: var(--space-4); align-items: baseline; }
      .foot { display: flex; justify-content: space-between; align-items: center; gap: var(--space-3); flex-wrap: wrap; margin-top: var(--space-3); }
      .foot p { max-width: 52ch; }
      table { margin-top: var(--space-3); }
      @media (max-width: 900px) {
        .sides { grid-template-columns: minmax(0, 1fr) 5rem; }
        .sides div { grid-column: 1; }
        li { grid-template-columns: minmax(0, 1fr) 5rem; }
        li > div { grid-column: 1 / -1; }
        li:nth-child(n + 9) { display: none; }
        .wide { display: none; }
      }
    `,
  ]

  override render() {
    const { reasons } = this
    if (!reasons) return nothing
    const bars = reasons.features.filter(({ shap }) => Math.abs(Math.expm1(shap)) >= leastShare).slice(0, mostBars)
    const longest = Math.max(...bars.map(({ shap }) => Math.abs(shap)))
    return html`<svg width="0" height="0" aria-hidden="true" class="visually-hidden"><defs>
        <linearGradient id="up"><stop offset="0" stop-color="var(--risk-3)" stop-opacity="0.55" /><stop offset="1" stop-color="var(--risk-3)" /></linearGradient>
        <linearGradient id="down"><stop offset="0" stop-color="var(--brand)" /><stop offset="1" stop-color="var(--brand)" stop-opacity="0.55" /></linearGradient>
      </defs></svg>
      ${
        bars.length === 0
          ? html`<p>Nothing moves your score by half a percent: you drive as the average does, as far as it could be judged.</p>`
          : html`<div class="sides" aria-hidden="true"><div><span>lowers</span><span>raises</span></div></div>
            <ul>${bars.map((reason) => this.#bar(reason, longest))}</ul>`
      }
      <div class="whole"><span>All together, your expected claims are</span><b>${againstAverage(reasons)}</b></div>
      <div class="foot"><p class="soft">Each bar is an exact part of the model's result, and all of them add up to it; nothing is left over.</p>
        <button class="ghost" aria-expanded=${this.all} @click=${() => {
          this.all = !this.all
        }}>${this.all ? 'Hide the table' : `All ${reasons.features.length} features`}</button></div>
      ${this.all ? this.#table(reasons) : nothing}`
  }

  #bar(reason: FeatureReason, longest: number) {
    const raises = reason.shap > 0
    const length = (Math.abs(reason.shap) / longest) * 50
    const minor = this.money?.minor.get(reason.feature)
    return html`<li><div>${wordsOf(reason.feature).subject}<span class="soft amount">${amountWords(reason)}</span></div>
      <svg class="bar" role="img" aria-label=${reason.text}>
        <line x1="50%" x2="50%" y1="-4" y2="22" stroke="var(--edge)" stroke-width="1" />
        ${svg`<rect x="${raises ? 50 : 50 - length}%" y="3" width="${Math.max(length, 0.8)}%" height="12" rx="3" fill=${raises ? 'url(#up)' : 'url(#down)'} />`}
      </svg>
      <b><span class=${raises ? 'up' : 'down'}>${shareWords(reason.shap)}</span>${
        minor ? html`<small>${moneyWords(minor, this.money!.currency)}</small>` : nothing
      }</b></li>`
  }

  #table({ features }: DriverReasons) {
    const { money } = this
    return html`<table><thead><tr><th>Code</th><th>Feature</th><th class="number wide">Value</th><th class="number">Claims</th>
        ${money ? html`<th class="number">A month</th>` : nothing}</tr></thead>
      <tbody>${features.map(
        (reason) => html`<tr><td>${reason.code}</td><td>${wordsOf(reason.feature).subject}</td>
          <td class="number wide">${amountWords(reason)}</td><td class="number">${shareWords(reason.shap)}</td>
          ${money ? html`<td class="number">${moneyWords(money.minor.get(reason.feature) ?? 0, money.currency)}</td>` : nothing}</tr>`,
      )}</tbody></table>`
  }
}
customElements.define('fm-reason-bars', ReasonBars)

function amountWords({ feature, value, unit }: FeatureReason): string {
  return value === null ? 'could not be judged' : amountOf({ name: feature, value, unit }).replaceAll(' ', nbsp)
}

function shareWords(shap: number): string {
  const percent = Math.expm1(shap) * 100
  const text = decimal(percent, 1)
  return `${percent > 0 && /[1-9]/.test(text) ? '+' : ''}${text}${nbsp}%`
}

function moneyWords(minor: number, currency: string): string {
  const rounded = Math.round(minor)
  return `${rounded > 0 ? '+' : ''}${money(rounded, currency)}`
}

function againstAverage({ margin, portfolioMargin }: DriverReasons): string {
  if (margin === null) return '–'
  const percent = Math.expm1(margin - portfolioMargin) * 100
  if (Math.round(percent) === 0) return 'as the average'
  return `${decimal(Math.abs(percent))}${nbsp}% ${percent < 0 ? 'below' : 'above'} average`
}
