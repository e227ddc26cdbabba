import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { amountOf } from '@fairmile/models/explain/reasons.ts'
import { css, html, nothing, svg } from 'lit'
import { WhatIfController } from '../controllers/what-if.ts'
import type { WhatIfAnswer, WhatIfSources } from '../data/ask-what-if.ts'
import { base } from '../styles/base.ts'
import { type FeatureSlider, slidersOf } from '../words/feature-sliders.ts'
import { decimal, money, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** Sliders for what a driver can change, and what that would do to score and price, worked out in this browser. */
export class WhatIfPanel extends elementWith({
  sources: null as WhatIfSources | null,
  /** Features that are advised, of which each has a slider. */
  advised: [] as readonly string[],
}) {
  static styles = [
    base,
    css`
      .parts { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: var(--space-5) var(--space-6); }
      .slider + .slider { margin-top: var(--space-4); }
      label, .head { display: flex; justify-content: space-between; gap: var(--space-3); align-items: baseline; flex-wrap: wrap; }
      .head output { font-size: var(--size-1); color: var(--ink-soft); font-variant-numeric: tabular-nums; }
      .head output b { color: var(--ink); }
      .way { position: relative; height: 32px; }
      .way svg { position: absolute; left: 11px; width: calc(100% - 22px); height: 32px; overflow: visible; }
      input { position: absolute; inset: 0; width: 100%; height: 32px; margin: 0; background: none; appearance: none; cursor: pointer; }
      input::-webkit-slider-thumb { appearance: none; width: 22px; height: 22px; border-radius: 50%; border: 2px solid var(--card-solid); background: var(--brand); box-shadow: 0 1px 4px var(--edge); }
      input::-moz-range-thumb { width: 18px; height: 18px; border-radius: 50%; border: 2px solid var(--card-solid); background: var(--brand); box-shadow: 0 1px 4px var(--edge); }
      input:focus-visible { outline: none; }
      input:focus-visible::-webkit-slider-thumb { outline: 2px solid var(--focus); outline-offset: 2px; }
      input:focus-visible::-moz-range-thumb { outline: 2px solid var(--focus); outline-offset: 2px; }
      input::-moz-range-track { background: none; }
      .told { border-radius: var(--radius-small); background: var(--brand-wash); padding: var(--space-4) var(--space-5); display: grid; gap: var(--space-4); align-content: start; }
      .told .big { font-size: var(--size-5); }
      .told .big .from { color: var(--ink-soft); font-weight: 500; font-size: 0.6em; letter-spacing: -0.02em; }
      .change { font-weight: 600; font-size: var(--size-1); font-variant-numeric: tabular-nums; }
      .better { color: var(--brand); }
      .worse { color: var(--risk-3); }
      .scale { display: block; width: 100%; height: 26px; overflow: visible; margin-top: var(--space-2); }
      .scale rect, .scale line { transition: x var(--slow) var(--ease), width var(--slow) var(--ease); }
      .foot { grid-column: 1 / -1; display: flex; justify-content: space-between; align-items: center; gap: var(--space-3); flex-wrap: wrap; }
      .foot p { max-width: 68ch; }
      .problem { color: var(--risk-4); }
      @media (max-width: 900px) {
        .parts { grid-template-columns: minmax(0, 1fr); }
        .told { order: -1; position: sticky; top: 0; z-index: 1; background: var(--card-solid); box-shadow: var(--shadow), inset 0 0 0 1px var(--card-edge); padding: var(--space-3) var(--space-4); grid-template-columns: repeat(2, minmax(0, 1fr)); }
        .told > :only-child { grid-column: 1 / -1; }
        .told .big { font-size: var(--size-3); letter-spacing: -0.02em; }
        .change .soft { display: block; white-space: nowrap; font-size: var(--size-0); }
        .way, .way svg, input { height: 44px; }
      }
    `,
  ]

  readonly #question = new WhatIfController(this)

  override willUpdate(): void {
    this.#question.about(this.sources)
  }

  override render() {
    const { sources } = this
    if (!sources) return nothing
    const { answer, problem, isChanged } = this.#question
    return html`<div class="parts">
      <div>${slidersOf(sources.reasons, this.advised).map((slider) => this.#slider(slider))}</div>
      <div class="told" role="status">${
        answer
          ? told(answer)
          : html`<div><h3>Move a slider</h3>
        <p class="soft">Your score and your price follow, each with how sure that is.</p></div>`
      }</div>
      <div class="foot"><p class=${problem ? 'problem' : 'soft'}>${problem || notes(answer)}</p>
        <button class="ghost" ?disabled=${!isChanged} @click=${() => this.#question.reset()}>As it is</button></div></div>`
  }

  #slider(slider: FeatureSlider) {
    const { feature, value, unit, most, step } = slider
    const { subject } = wordsOf(feature)
    const now = amountOf({ name: feature, value, unit })
    const wanted = this.#question.valueOf(feature)
    const shown = wanted ?? value
    const asked =
      wanted === undefined
        ? html`now ${now}`
        : html`<b>${amountOf({ name: feature, value: shown, unit })}</b>, now ${now}`
    const moved = (event: Event) => {
      const to = Number((event.target as HTMLInputElement).value)
      // The present value has no place on the steps: near it means as it is.
      this.#question.change(feature, Math.abs(to - value) <= step / 2 ? null : to)
    }
    const at = (amount: number): number => (amount / most) * 100
    const [from, to] = [Math.min(at(value), at(shown)), Math.max(at(value), at(shown))]
    return html`<div class="slider"><div class="head"><span id=${feature}>${subject}</span><output>${asked}</output></div>
      <div class="way"><svg aria-hidden="true">
          <line x1="0" x2="100%" y1="50%" y2="50%" stroke="var(--line)" stroke-width="6" stroke-linecap="round" />
          ${svg`<line x1="${from}%" x2="${to}%" y1="50%" y2="50%" stroke=${shown > value ? 'var(--risk-3)' : 'var(--brand)'} stroke-width="6" />
          <line x1="${at(value)}%" x2="${at(value)}%" y1="25%" y2="75%" stroke="var(--ink-soft)" stroke-width="2" />`}</svg>
        <input type="range" min="0" max=${most} step=${step} .value=${String(shown)} aria-labelledby=${feature}
          aria-valuetext="${amountOf({ name: feature, value: shown, unit })}, now ${now}" @input=${moved} /></div></div>`
  }
}
customElements.define('fm-what-if', WhatIfPanel)

function told({ before, after, difference, price }: WhatIfAnswer) {
  // The safety score is 100 − risk, so that the ends change places.
  const change = { by: -difference.risk, low: -difference.high, high: -difference.low }
  return html`<div><h3>Safety score</h3><div class="big"><span class="from">${decimal(before.safetyScore)} → </span>${decimal(after.safetyScore)}</div>
      <p class="change ${tone(change.by)}">${signed(change.by)} <span class="soft">(${signed(change.low)} to ${signed(change.high)})</span></p>
      ${scale(before.safetyScore, after.safetyScore, before.safetyScore + change.low, before.safetyScore + change.high)}</div>
    ${
      price
        ? html`<div><h3>Price a month</h3><div class="big"><span class="from">${money(price.beforeMinor, price.currency)} → </span>${money(price.afterMinor, price.currency)}</div>
          <p class="change ${tone(price.beforeMinor - price.afterMinor)}">${cost(price.afterMinor - price.beforeMinor, price.currency)}
            <span class="soft">(${cost(price.lowMinor - price.beforeMinor, price.currency)} to ${cost(price.highMinor - price.beforeMinor, price.currency)})</span></p></div>`
        : html`<p class="soft">There is no price for this: no receipt is by this model yet, or the term cannot have been driven so.</p>`
    }`
}

function scale(before: number, after: number, low: number, high: number) {
  const x = (value: number): number => Math.max(0, Math.min(100, value))
  const [left, right] = [x(Math.min(low, high)), x(Math.max(low, high))]
  return svg`<svg class="scale" role="img" aria-label="From ${decimal(before)} to ${decimal(after)}, between ${decimal(low)} and ${decimal(high)}, of 100">
    <line x1="0" x2="100%" y1="13" y2="13" stroke="var(--line)" stroke-width="6" stroke-linecap="round" />
    <rect x="${left}%" y="6" width="${right - left}%" height="14" rx="3" fill="var(--brand)" fill-opacity="0.3" />
    <line x1="${x(before)}%" x2="${x(before)}%" y1="4" y2="22" stroke="var(--ink-soft)" stroke-width="2" stroke-dasharray="3 2" />
    <line x1="${x(after)}%" x2="${x(after)}%" y1="2" y2="24" stroke="var(--brand)" stroke-width="3" stroke-linecap="round" /></svg>`
}

function notes(answer: WhatIfAnswer | null): string {
  const carried = answer?.changed.filter((change) => change.carried) ?? []
  const along = carried.map(({ feature }) => wordsOf(feature).subject).join(', ')
  return `${along ? `Goes along, as a part of it: ${along}. ` : ''}Worked out in this browser by the model that scored you. In brackets is where nine in ten such changes lie, for you and your kilometres.`
}

const tone = (better: number): string => (Math.abs(better) < 1e-9 ? '' : better > 0 ? 'better' : 'worse')

function signed(value: number): string {
  const text = decimal(value, 1)
  return `${value > 0 && /[1-9]/.test(text) ? '+' : ''}${text}`
}

function cost(minor: number, currency: string): string {
  return `${minor > 0 ? '+' : ''}${money(minor, currency).replace(' ', nbsp)}`
}
