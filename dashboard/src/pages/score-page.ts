import type { User } from '@fairmile/contract/http/auth.ts'
import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import type { Score } from '@fairmile/contract/http/score.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { reasonsInMoney } from '@fairmile/models/explain/reasons-in-money.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../components/reason-bars.ts'
import '../components/score-card.ts'
import '../components/score-breakdown.ts'
import '../components/score-place.ts'
import '../components/score-recommendations.ts'
import '../components/score-trend.ts'
import '../components/what-if-panel.ts'
import { elementWith } from '../components/element.ts'
import type { ReasonMoney } from '../components/reason-bars.ts'
import { show } from '../components/view-state.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import type { WhatIfSources } from '../data/ask-what-if.ts'
import { publishedModel, publishedOnnx } from '../data/published-models.ts'
import { openEngine } from '../data/score-engine.ts'
import { base, grid } from '../styles/base.ts'
import { counted, decimal } from '../words/figures.ts'
import { missingWords } from '../words/risk-words.ts'

const noScore = { title: 'No score yet.', next: 'It comes, with its reasons, with your first whole trip.' }

const isUnscored = ({ status }: Pick<Score, 'status'>): boolean => status === 'unscored'

/** What to say where nothing is told: before the first trip, or while kilometres are missing. */
function emptyOf(told: Pick<Score, 'status' | 'missingKm'> | null, before = noScore) {
  return told && isUnscored(told) ? { title: 'Not scored yet.', next: missingWords(told.missingKm) } : before
}

/** Why a driver has their score, what they can do about it, and what that would change. */
export class ScorePage extends elementWith({ user: null as User | null, revision: 0 }) {
  static styles = [base, grid, css`.stack { display: grid; gap: var(--space-4); grid-template-rows: max-content 1fr; }`]

  readonly #trips = new Resource(this, (driver: string, signal) => api.trips(driver, { limit: 1 }, signal))
  readonly #score = new Resource(this, (driver: string, signal) => api.score(driver, signal))
  readonly #reasons = new Resource(this, (driver: string, signal) => api.reasons(driver, signal))
  readonly #breakdown = new Resource(this, (driver: string, signal) => api.breakdown(driver, signal))
  readonly #trend = new Resource(this, (driver: string, signal) => api.trend(driver, signal))
  readonly #comparison = new Resource(this, (driver: string, signal) => api.comparison(driver, signal))
  readonly #recommendations = new Resource(this, (driver: string, signal) => api.recommendations(driver, signal))
  readonly #receipts = new Resource(this, (driver: string, signal) => api.receipts(driver, { limit: 1 }, signal))
  readonly #receipt = new Resource(this, (id: string, signal) => api.receipt(this.user!.driverId!, id, signal))
  /** By name and version, for two of them are never the same. */
  readonly #model = new Resource(this, async (id: string) => {
    const [name = '', version = ''] = id.split('/')
    const model = await publishedModel(name, version)
    return { model, infer: model && openEngine(model, () => publishedOnnx(name, version)) }
  })
  #sources: WhatIfSources | null = null

  override willUpdate(changed: PropertyValues): void {
    const driverId = this.user?.driverId ?? null
    if (changed.has('revision') && changed.get('revision') !== undefined) {
      for (const resource of [this.#trips, ...this.#ofScore, this.#receipts]) void resource.reload()
    }
    for (const resource of [this.#trips, this.#receipts]) resource.want(driverId)
    // Before the first trip there is no score, and the cloud would answer "not found".
    const driven = this.#trips.value?.items.length || this.#trips.state.error
    for (const resource of this.#ofScore) resource.want(driven ? driverId : null)
    this.#receipt.want(this.#receipts.value?.items[0]?.id ?? null)
    const reasons = this.#reasons.value
    this.#model.want(reasons && !isUnscored(reasons) ? `${reasons.model.name}/${reasons.model.version}` : null)
    this.#sources = this.#sourcesOf(reasons)
  }

  get #ofScore() {
    return [
      ...[this.#score, this.#reasons, this.#breakdown],
      ...[this.#trend, this.#comparison, this.#recommendations],
    ] as const
  }

  get #noneYet(): boolean {
    return this.#trips.value?.items.length === 0
  }

  /** The same object as long as nothing in it is another. */
  #sourcesOf(reasons: DriverReasons | null): WhatIfSources | null {
    const { model, infer } = this.#model.value ?? {}
    const receipt = this.#receipt.value
    if (!reasons || !model || !infer) return null
    const before = this.#sources
    if (before?.reasons === reasons && before.receipt === receipt && before.model === model) return before
    return { reasons, receipt, model, infer }
  }

  override render() {
    return html`<div class="grid">
      <header class="page-head"><div><h1>Your score</h1><p>${this.#summary()}</p></div></header>
      <div class="of-4 stack">${this.#scoreCard()} ${this.#helpCard()}</div>${this.#barsCard()} ${this.#otherSides()} ${this.#whatIfCard()}
    </div>`
  }

  /** What is advised can be tried out. */
  get #advised(): readonly string[] {
    return this.#recommendations.value?.recommendations.map(({ feature }) => feature) ?? []
  }

  #summary(): string {
    const score = this.#score.value
    if (!score) return 'What moves it, and what would change it.'
    return `From ${decimal(score.exposureKm)} km in ${counted(score.trips, 'trip')} of the last ${score.periodDays} days: what moves it, and what would change it.`
  }

  #scoreCard() {
    return html`<section class="card"><header><h2>Safety score</h2></header>${show(this.#score, {
      what: 'The score',
      lines: 4,
      absent: this.#noneYet,
      empty: noScore,
      content: (score) => html`<fm-score-card .score=${score}></fm-score-card>`,
    })}</section>`
  }

  #barsCard() {
    const receipt = this.#receipt.value
    const isTold = this.#reasons.value !== null && !isUnscored(this.#reasons.value)
    return html`<section class="card of-8"><header><h2>What moves it</h2>
        <span class="soft">${isTold ? `expected claims${receipt ? ', and a month of your plan' : ''}` : ''}</span></header>
      ${show(this.#reasons, {
        what: 'The reasons',
        lines: 8,
        absent: this.#noneYet,
        empty: emptyOf(this.#reasons.value),
        isEmpty: isUnscored,
        content: (reasons) =>
          html`<fm-reason-bars .reasons=${reasons} .money=${receipt ? moneyOf(receipt) : null}></fm-reason-bars>`,
      })}</section>`
  }

  /** The same score by habits, over time, beside others, and what would help. */
  #otherSides() {
    const common = { lines: 6, absent: this.#noneYet, isEmpty: isUnscored }
    return html`<section class="card of-7"><header><h2>By habit</h2></header>${show(this.#breakdown, {
      ...common,
      what: 'The breakdown',
      empty: emptyOf(this.#breakdown.value),
      content: (breakdown) => html`<fm-score-breakdown .breakdown=${breakdown}></fm-score-breakdown>`,
    })}</section>
    <section class="card of-5"><header><h2>Beside others</h2></header>${show(this.#comparison, {
      ...common,
      what: 'The comparison',
      empty: emptyOf(this.#comparison.value),
      content: (comparison) => html`<fm-score-place .comparison=${comparison}></fm-score-place>`,
    })}</section>
    <section class="card of-12"><header><h2>Over time</h2></header>${show(this.#trend, {
      ...common,
      what: 'The trend',
      empty: emptyOf(this.#trend.value?.points.at(-1) ?? null),
      isEmpty: ({ points }) => points.every(isUnscored),
      content: (trend) => html`<fm-score-trend .trend=${trend}></fm-score-trend>`,
    })}</section>`
  }

  #helpCard() {
    return html`<section class="card"><header><h2>What would help most</h2></header>${show(this.#recommendations, {
      what: 'The recommendations',
      lines: 6,
      absent: this.#noneYet,
      empty: emptyOf(this.#recommendations.value),
      isEmpty: isUnscored,
      content: (told) => html`<fm-score-recommendations .recommendations=${told}></fm-score-recommendations>`,
    })}</section>`
  }

  #whatIfCard() {
    const reasons = this.#reasons.value
    return html`<section class="card of-12"><header><h2>What if</h2><span class="soft">${reasons && !isUnscored(reasons) ? 'move what you could change' : ''}</span></header>
      ${
        reasons === null || isUnscored(reasons)
          ? show(this.#reasons, {
              what: 'What-if',
              lines: 6,
              absent: this.#noneYet,
              empty: emptyOf(reasons, { title: 'Nothing to change yet.', next: 'It needs your first score.' }),
              isEmpty: isUnscored,
              content: () => html``,
            })
          : show(this.#model, {
              what: 'The model',
              lines: 6,
              isEmpty: ({ model }) => model === null,
              empty: {
                title: 'Not in this browser.',
                next: `The model of this score, ${reasons.model.name} ${reasons.model.version}, is not published with these pages; the next score may be by one that is.`,
              },
              content: () =>
                this.#sources
                  ? html`<fm-what-if .sources=${this.#sources} .advised=${this.#advised}></fm-what-if>`
                  : html`${nothing}`,
            })
      }</section>`
  }
}
customElements.define('fm-score-page', ScorePage)

/** What each feature means in the month of the receipt's plan. */
function moneyOf(receipt: Receipt): ReasonMoney {
  const { features } = reasonsInMoney(receipt, { charge: 'month' })
  return { currency: receipt.currency, minor: new Map(features.map(({ name, micro }) => [name, micro / 1e6])) }
}
