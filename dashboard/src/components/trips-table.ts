import type { Trip } from '@fairmile/contract/http/trips.ts'
import { css, html } from 'lit'
import { tripPath } from '../controllers/routes.ts'
import { base } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { decimal, duration, kilometres } from '../words/figures.ts'
import { riskStep, riskWord } from '../words/risk-words.ts'
import { cleanWord, eventTotal } from '../words/trip-words.ts'
import { elementWith } from './element.ts'

/** Trips, newest first, each a link to its page; a narrow screen keeps the three columns that matter. */
export class TripsTable extends elementWith({ trips: [] as readonly Trip[] }) {
  static styles = [
    base,
    css`
      td { position: relative; }
      a { color: inherit; text-decoration: none; font-weight: 500; display: inline-flex; align-items: center; min-height: 24px; }
      a::after { content: ""; position: absolute; inset: 0 -100vw 0 0; }
      table { overflow: clip; }
      tbody tr { position: relative; }
      tbody tr:hover td { background: var(--brand-wash); }
      .risk { font-weight: 600; }
      .risk-0 { color: var(--risk-0); } .risk-1 { color: var(--risk-1); } .risk-2 { color: var(--risk-2); } .risk-3 { color: var(--risk-3); } .risk-4 { color: var(--risk-4); }
      .risk small { font-weight: 400; font-size: var(--size-0); color: var(--ink-soft); margin-left: 0.5em; }
      @media (max-width: 900px) { .wide { display: none; } td { padding-block: 5px; } a { min-height: 44px; } }
    `,
  ]

  override render() {
    const now = Date.now()
    return html`<table><thead><tr>
      <th scope="col">When</th><th scope="col" class="wide number">Lasted</th><th scope="col" class="number">km</th>
      <th scope="col" class="wide number">Clean</th><th scope="col" class="number">Events</th><th scope="col" class="number">Risk</th>
      </tr></thead><tbody>${this.trips.map((trip) => row(trip, now))}</tbody></table>`
  }
}
customElements.define('fm-trips-table', TripsTable)

function row(trip: Trip, now: number) {
  return html`<tr>
    <td><a href=${tripPath(trip.id)}>${when(trip.startAt, now)}</a></td>
    <td class="wide number">${trip.durationS === null ? 'under way' : duration(trip.durationS)}</td>
    <td class="number">${trip.distanceM ? kilometres(trip.distanceM) : trip.endAt === null ? '–' : 'unknown'}</td>
    <td class="wide number">${cleanWord(trip)}</td>
    <td class="number">${eventTotal(trip)}</td>
    <td class="number">${trip.endAt === null ? '–' : risk(trip.meanLiveRisk)}</td>
  </tr>`
}

function risk(value: number | null) {
  if (value === null) return html`<span class="soft">not judged</span>`
  return html`<span class="risk"><span class="risk-${riskStep(value)}">${decimal(value)}</span><small class="wide">${riskWord(value)}</small></span>`
}
