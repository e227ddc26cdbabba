import type { User } from '@fairmile/contract/http/auth.ts'
import type { ScoreRecommendations } from '@fairmile/contract/http/risk.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../charts/chart-stack.ts'
import '../components/car-pill.ts'
import '../components/premium-card.ts'
import '../components/score-card.ts'
import '../components/score-recommendations.ts'
import '../components/trip-track.ts'
import '../components/trips-table.ts'
import type { CursorEvent } from '../charts/chart-stack.ts'
import { forcePanel, riskPanel, speedPanel } from '../charts/panels.ts'
import { elementWith } from '../components/element.ts'
import type { EventChosen } from '../components/event-list.ts'
import '../components/event-list.ts'
import { show } from '../components/view-state.ts'
import type { CarState, LiveController } from '../controllers/live.ts'
import { Resource } from '../controllers/resource.ts'
import { goTo } from '../controllers/router.ts'
import { tripPath } from '../controllers/routes.ts'
import { api } from '../data/api.ts'
import { loadTripView, type TripView } from '../data/trip-view.ts'
import { base, grid } from '../styles/base.ts'
import { calendarDay, greeting, when } from '../words/dates.ts'
import { mostTelling } from '../words/event-words.ts'
import { kilometres, percent } from '../words/figures.ts'
import { missingWords } from '../words/risk-words.ts'
import { distanceWord, judgedShare } from '../words/trip-words.ts'

const panels = [speedPanel, forcePanel, riskPanel]
/** The way beside the events is a glance, not a map. */
const smallTrack = { widthPx: 308, mostHeightPx: 230 }
/** Trips that the head speaks of, and those of them in the table. */
const tripsRead = 20
const tripsShown = 6
/** Events of the last trip beside its charts; its page has all. */
const eventsShown = 5

/** One number, one price, one next step; then the evidence for them. */
export class DashboardPage extends elementWith({
  user: null as User | null,
  live: null as LiveController | null,
  beat: 0,
  revision: 0,
  cursorS: null as number | null,
}) {
  static styles = [
    base,
    grid,
    css`.price-links { display: flex; gap: var(--space-2); flex-wrap: wrap; margin-top: var(--space-4); } .more { margin-top: var(--space-3); }`,
  ]

  readonly #score = new Resource(this, (driver: string, signal) => api.score(driver, signal))
  readonly #recommendations = new Resource(this, (driver: string, signal) => api.recommendations(driver, signal))
  readonly #premium = new Resource(this, (driver: string, signal) => api.premium(driver, null, signal))
  readonly #receipts = new Resource(this, (driver: string, signal) => api.receipts(driver, { limit: 1 }, signal))
  readonly #driver = new Resource(this, (driver: string, signal) => api.driver(driver, signal))
  readonly #trips = new Resource(this, (driver: string, signal) => api.trips(driver, { limit: tripsRead }, signal))
  readonly #last = new Resource(this, (tripId: string, signal) => loadTripView(tripId, signal))

  override willUpdate(changed: PropertyValues): void {
    const driverId = this.user?.driverId ?? null
    if (changed.has('revision') && changed.get('revision') !== undefined) {
      for (const resource of [this.#score, this.#recommendations, this.#premium, this.#trips, this.#receipts])
        void resource.reload()
    }
    for (const resource of [this.#driver, this.#trips, this.#receipts]) resource.want(driverId)
    // Asked for only where there can be one: before the first trip the cloud would answer "not found" each time.
    const unsure = ({ state }: { state: { error: unknown } }) => state.error !== null
    const scored = this.#lastWhole() || unsure(this.#trips) ? driverId : null
    this.#score.want(scored)
    this.#recommendations.want(scored)
    this.#premium.want(this.#receipts.value?.items.length || unsure(this.#receipts) ? driverId : null)
    this.#last.want(this.#lastWhole()?.id ?? null)
  }

  get #noScoreYet(): boolean {
    return this.#trips.value !== null && !this.#lastWhole()
  }

  #lastWhole(): Trip | undefined {
    return this.#trips.value?.items.find(({ endAt }) => endAt !== null)
  }

  override render() {
    const { live } = this
    return html`<div class="grid">
      <header class="page-head"><div><h1>${greeting(Date.now())}</h1><p>${this.#summary()}</p></div>
        ${live ? html`<fm-car-pill .car=${this.#car(live)} .connection=${live.connection} .nowMs=${Date.now()}></fm-car-pill>` : nothing}</header>
      ${this.#scoreCard()} ${this.#premiumCard()} ${this.#adviceCard()} ${this.#lastTrip()} ${this.#tripsCard()}
    </div>`
  }

  /** Before the car speaks, its newest trip tells: one that has ended left it parked. */
  #car({ car }: LiveController): CarState {
    const newest = this.#trips.value?.items[0]
    return car === 'unknown' && newest?.endAt ? 'parked' : car
  }

  #summary(): string {
    if (!this.#trips.value) return 'Your driving, your score and your price.'
    const trips = this.#trips.value.items.filter(({ endAt }) => endAt !== null)
    if (trips.length === 0 && this.#trips.value.items.length > 0) return 'Your first trip is under way.'
    if (trips.length === 0) return 'Your first trip will appear here when the car has driven it.'
    const metres = trips.reduce((sum, { distanceM }) => sum + (distanceM ?? 0), 0)
    const which = trips.length === 1 ? 'Your last trip' : `Your last ${trips.length} trips`
    const share = judgedShare(trips)
    if (share === null) return `${which}, distance unknown: the way could not be judged.`
    return `${which}, ${kilometres(metres)} km. ${percent(share * 1e6)} of the way could be judged.`
  }

  #scoreCard() {
    const days = this.#score.value?.periodDays
    return html`<section class="card of-4"><header><h2>Safety score</h2>${days ? html`<span class="tag">last ${days} days</span>` : nothing}</header>
      ${show(this.#score, {
        what: 'The score',
        lines: 4,
        absent: this.#noScoreYet,
        empty: {
          title: 'No score yet.',
          next: 'It comes with your first whole trip and gets surer with each kilometre.',
        },
        content: (score) => html`<fm-score-card .score=${score}></fm-score-card>
          <div class="price-links"><a class="button ghost" href="/score">What moves it, and what if</a></div>`,
      })}</section>`
  }

  #premiumCard() {
    const policy = this.#driver.value?.policies.find(({ id }) => id === this.#premium.value?.policyId)
    return html`<section class="card of-4"><header><h2>Premium</h2>
        ${policy ? html`<span class="tag">to ${calendarDay(policy.endsOn, Date.now())}</span>` : nothing}</header>
      ${show(this.#premium, {
        what: 'The premium',
        lines: 4,
        absent: this.#receipts.value?.items.length === 0,
        empty: { title: 'No premium yet.', next: 'It is worked out, with its receipt, as soon as there is a score.' },
        content: (premium) => html`<fm-premium-card .premium=${premium}></fm-premium-card>
          <div class="price-links"><a class="button ghost" href="/price">Check this price yourself</a></div>`,
      })}</section>`
  }

  #adviceCard() {
    const told = this.#recommendations.value
    return html`<section class="card of-4"><header><h2>What would help most</h2></header>
      ${show(this.#recommendations, {
        what: 'What would help',
        lines: 4,
        absent: this.#noScoreYet,
        isEmpty: ({ status }) => status === 'unscored',
        empty: told ? nothingToAdvise(told) : { title: 'Nothing to say yet.', next: 'It comes with your first score.' },
        content: (found) => html`<fm-score-recommendations .recommendations=${found}></fm-score-recommendations>`,
      })}</section>`
  }

  #lastTrip() {
    const trip = this.#lastWhole()
    if (!trip) return nothing
    const distance = trip.distanceM ? distanceWord(trip) : 'distance unknown'
    const title = `Last trip, ${distance}, ${when(trip.startAt, Date.now()).toLowerCase()}`
    const empty = { title: 'Nothing was recorded.', next: 'The car may still be sending; this fills when it has.' }
    return html`
      <section class="card of-8"><header><h2>${title}</h2></header>
        ${show(this.#last, { what: 'The last trip', lines: 9, empty, content: (view) => this.#charts(view) })}</section>
      <section class="card of-4"><header><h2>Events</h2><span class="soft">${this.#last.value?.events.length ?? ''}</span></header>
        ${show(this.#last, { what: 'The events', lines: 4, empty, content: (view) => this.#events(view) })}</section>`
  }

  #charts({ table, marks }: TripView) {
    return html`<fm-chart-stack .table=${table} .panels=${panels} .marks=${marks} .cursorS=${this.cursorS} @fm-cursor=${this.#onCursor}
      .label=${'Speed, limit, acceleration and risk over the last trip'}></fm-chart-stack>`
  }

  #onCursor({ detail }: CursorEvent): void {
    this.cursorS = detail.timeS
  }

  #events({ trip, events, points }: TripView) {
    const open = ({ detail }: EventChosen) => goTo(this, tripPath(trip.id, detail.eventId))
    return html`${
      events.length === 0
        ? html`<p>No event on this trip.</p>`
        : html`<fm-event-list .events=${mostTelling(events, eventsShown)} @fm-event-chosen=${open}></fm-event-list>
            ${events.length > eventsShown ? html`<p class="soft">The ${eventsShown} that tell most; all ${events.length} are on the trip’s page.</p>` : nothing}
            <p class="soft more">A judgement you can question: see the ten seconds around it.</p>`
    }<fm-trip-track class="more" .size=${smallTrack} .points=${points} .startAt=${trip.startAt} .events=${events} .cursorS=${this.cursorS}
        @fm-cursor=${this.#onCursor}></fm-trip-track><p class="more"><a class="button" href=${tripPath(trip.id)}>${events.length === 0 ? 'Open the trip' : 'Open the evidence'}</a></p>`
  }

  #tripsCard() {
    return html`<section class="card of-12"><header><h2>Trips</h2><a class="soft target" href="/trips">All trips</a></header>
      ${show(this.#trips, {
        what: 'The trips',
        lines: 5,
        isEmpty: ({ items }) => items.length === 0,
        empty: { title: 'No trips yet.', next: 'The first one appears here minutes after the car has come to rest.' },
        content: ({ items }) => html`<fm-trips-table .trips=${items.slice(0, tripsShown)}></fm-trips-table>`,
      })}</section>`
  }
}
customElements.define('fm-dashboard-page', DashboardPage)

/** What to do where nothing can be advised, for too little could be judged. */
function nothingToAdvise({ judgedKm, missingKm }: ScoreRecommendations) {
  if (judgedKm > 0) return { title: 'Not scored yet.', next: missingWords(missingKm) }
  const next =
    'Fix the sensor box where it cannot move, with its motion sensor plugged in and a view of the sky. What would help in your driving can be said as soon as some of it could be judged.'
  return { title: 'Nothing could be judged.', next }
}
