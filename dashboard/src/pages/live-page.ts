import type { LiveState } from '@fairmile/contract/live.ts'
import { css, html, nothing } from 'lit'
import '../charts/chart-stack.ts'
import '../components/car-pill.ts'
import '../components/live-alerts.ts'
import { forcePanel, riskPanel, speedPanel } from '../charts/panels.ts'
import { elementWith } from '../components/element.ts'
import type { LiveController } from '../controllers/live.ts'
import type { SeriesTable } from '../data/series-table.ts'
import { base, grid } from '../styles/base.ts'
import { causeWords } from '../words/cause-words.ts'
import { clockSeconds } from '../words/dates.ts'
import { decimal, kilometres, nbsp, percent } from '../words/figures.ts'
import { riskWord } from '../words/risk-words.ts'

const panels = [
  { ...speedPanel, heightPx: 170 },
  { ...forcePanel, heightPx: 150 },
  { ...riskPanel, heightPx: 120 },
]
/** Seconds that the charts show. */
const windowS = 180
const unknown = '–'

/** The car as it drives: figures now, the last minutes as charts, and alerts as they come. */
export class LivePage extends elementWith({
  live: null as LiveController | null,
  beat: 0,
  table: null as SeriesTable | null,
}) {
  static styles = [
    base,
    grid,
    css`
      .now { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: var(--space-4); }
      .now .big { font-size: clamp(2rem, 3.4vw, 3.2rem); }
      .now > div + div { border-left: 1px solid var(--line); padding-left: var(--space-4); }
      @media (max-width: 1100px) {
        .now { grid-template-columns: 1fr 1fr; row-gap: var(--space-5); }
        .now > div:nth-child(odd) { border-left: 0; padding-left: 0; }
        .now > div:last-child { grid-column: 1 / -1; }
      }
    `,
  ]

  /** The revision of the history that is in `table`: a beat without anything new draws no chart anew. */
  #drawn = -1

  override willUpdate(): void {
    const revision = this.live?.history.revision ?? -1
    if (revision === this.#drawn) return
    this.#drawn = revision
    this.table = this.live?.history.table() ?? null
  }

  override render() {
    const { live } = this
    if (!live) return html``
    return html`<div class="grid">
      <header class="page-head"><div><h1>Live</h1><p>${this.#lead(live)}</p></div>
        <fm-car-pill .car=${live.car} .connection=${live.connection} .nowMs=${Date.now()}></fm-car-pill></header>
      ${live.state ? this.#content(live) : this.#waiting(live)}
    </div>`
  }

  #lead(live: LiveController): string {
    const { state } = live
    if (!state) return 'What the car says, about once a second.'
    const isUnknown = state.tripDistanceM === 0 && state.lat === null
    const soFar = isUnknown ? 'distance unknown' : `${kilometres(state.tripDistanceM)} km`
    const trip = state.tripId === null ? 'No trip is under way.' : `This trip so far: ${soFar}.`
    return `${trip} Last word at ${clockSeconds(state.at)}.`
  }

  #waiting(live: LiveController) {
    const { state } = live.connection
    const retry = () => live.retryNow()
    if (state === 'waiting') {
      return html`<section class="card of-12"><fm-view-state .kind=${'offline'} .what=${'The live view'} .retry=${retry}></fm-view-state></section>`
    }
    if (state !== 'open') {
      return html`<section class="card of-12"><fm-view-state .what=${'The live view'} .lines=${7}></fm-view-state></section>`
    }
    return html`<section class="card of-12"><fm-view-state .kind=${'empty'} .what=${'The car is silent.'}
      .detail=${'It is parked, or out of reach. As soon as it speaks, its speed, forces and risk appear here; nothing is lost meanwhile.'}></fm-view-state></section>`
  }

  #content(live: LiveController) {
    return html`
      <section class="card of-12" aria-label="Now">${this.#now(live)}</section>
      <section class="card of-8"><header><h2>Last three minutes</h2></header>
        <fm-chart-stack .table=${this.table} .panels=${panels} .windowS=${windowS}
          .label=${'Speed, limit, acceleration and risk over the last three minutes'}></fm-chart-stack>${this.#holeNote(live)}</section>
      <section class="card of-4"><header><h2>What raised the risk</h2><span class="soft">last minute</span></header>
        ${causeList(live.state)}</section>
      <section class="card of-12"><header><h2>As they come</h2><span class="soft">${live.alerts.length || ''}</span></header>
        <fm-live-alerts .alerts=${live.alerts}></fm-live-alerts></section>`
  }

  #holeNote({ history, state }: LiveController) {
    const { hole } = history
    if (!hole || !state || hole.toMs < state.at - windowS * 1000) return nothing
    return html`<p class="soft" role="note">${clockSeconds(hole.fromMs)} to ${clockSeconds(hole.toMs)} has not arrived yet: what was not
      seen live comes with the car's next batch, within about a minute.</p>`
  }

  #now({ state }: LiveController) {
    if (!state) return nothing
    const table = this.table
    const last = (column: Exclude<keyof SeriesTable, 'timeS'>) => table?.[column].at(-1) ?? null
    const limit = last('limitKmh')
    const risk = last('risk')
    const calibrated = state.calibrationConfidence
    return html`<div class="now">
      ${figure('Speed', last('speedKmh'), 0, 'km/h', limit === null ? 'limit unknown' : `limit ${decimal(limit)}${nbsp}km/h`)}
      ${figure('Along', last('alongG'), 2, 'g', 'forward is positive')}
      ${figure('Across', last('acrossG'), 2, 'g', 'left is positive')}
      ${figure('Risk now', risk, 0, 'of 100', risk === null ? `sensor ${percent(calibrated * 1e6)} calibrated` : riskWord(risk))}
      ${figure('Trip so far', tripScore(state), 0, 'of 100', tripScoreNote(state))}
    </div>`
  }
}
customElements.define('fm-live-page', LivePage)

function causeList(state: LiveState | null) {
  const causes = state?.causes ?? []
  if (causes.length === 0) return html`<p class="soft">Nothing stood out.</p>`
  return html`<ol>${causes.map(
    ({ feature, share }) => html`<li>${causeWords(feature)}, <b>${percent(share * 1e6)}</b></li>`,
  )}</ol>`
}

/** The safety score of the running trip so far: what its mean risk leaves of 100; null where it is unknown. */
const tripScore = ({ tripId, tripRisk }: LiveState): number | null =>
  tripId === null || tripRisk === null || tripRisk === undefined ? null : 100 - tripRisk

function tripScoreNote(state: LiveState): string {
  if (state.tripId === null) return 'no trip is under way'
  return tripScore(state) === null ? 'could not be judged yet' : 'safety score, 100 is safest'
}

function figure(title: string, value: number | null, digits: number, unit: string, note: string) {
  return html`<div><h2>${title}</h2><div class="big">${value === null ? unknown : decimal(value, digits)}<span class="unit">${unit}</span></div>
    <p class="soft">${note}</p></div>`
}
