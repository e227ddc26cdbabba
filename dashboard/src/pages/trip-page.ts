import type { OpenContestBody } from '@fairmile/contract/http/contests.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../charts/chart-stack.ts'
import '../components/contest-card.ts'
import '../components/download-links.ts'
import '../components/event-detail.ts'
import '../components/trip-track.ts'
import '../components/without-events.ts'
import type { CursorEvent } from '../charts/chart-stack.ts'
import { forcePanel, riskPanel, speedPanel } from '../charts/panels.ts'
import type { ContestDrafts } from '../components/contest-form.ts'
import '../components/contest-form.ts'
import { elementWith } from '../components/element.ts'
import type { EventChosen } from '../components/event-list.ts'
import '../components/event-list.ts'
import { show } from '../components/view-state.ts'
import { Resource } from '../controllers/resource.ts'
import { goTo } from '../controllers/router.ts'
import { contestPath, tripPath } from '../controllers/routes.ts'
import { api } from '../data/api.ts'
import { tripDownloads } from '../data/downloads.ts'
import { loadTripView, type TripView } from '../data/trip-view.ts'
import { base, grid } from '../styles/base.ts'
import { clock, when } from '../words/dates.ts'
import { mostTelling } from '../words/event-words.ts'
import { decimal, duration, percent, speed } from '../words/figures.ts'
import { riskWord } from '../words/risk-words.ts'
import { cleanWord, distanceWord, judgedShare, meanSpeedMps, tripPriceWords } from '../words/trip-words.ts'
import { inScore } from '../words/without-events-words.ts'

const panels = [speedPanel, forcePanel, riskPanel]
/** A third of a desk beside the charts, whose values under the cursor need the rest to stay on one line. */
const trackSize = { widthPx: 340, mostHeightPx: 460 }
const empty = { title: 'There is no such trip.', next: 'It may belong to someone else. Your own are under Trips.' }

/** One trip: its way, its charts with the same cursor, its events and the evidence for each. */
export class TripPage extends elementWith({
  tripId: '',
  /** As the address says; null for the event that tells most. */
  chosenId: null as string | null,
  cursorS: null as number | null,
}) {
  static styles = [
    base,
    grid,
    css`
      .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: var(--space-4); }
      .facts b { display: block; font-size: var(--size-3); letter-spacing: -0.01em; }
      .events, .evidence { align-self: start; height: auto; }
      .evidence h2 { scroll-margin-top: var(--space-4); }
      @media (min-width: 901px) {
        /* The list scrolls in itself, so that what is chosen far down in it is shown beside it. */
        .events { position: sticky; top: var(--space-4); max-height: calc(100vh - 2 * var(--space-4)); overflow-y: auto; }
      }
      .price { display: grid; gap: var(--space-3); margin-top: var(--space-4); padding-top: var(--space-3); border-top: 1px solid var(--line); }
      .back { font-size: var(--size-1); }
      .contest { margin-top: var(--space-4); padding-top: var(--space-4); border-top: 1px solid var(--line); }
      .contest h2 { margin-bottom: var(--space-2); }
    `,
  ]

  readonly #view = new Resource(this, (tripId: string, signal) => loadTripView(tripId, signal))
  readonly #event = new Resource(this, (eventId: string, signal) => api.event(eventId, signal))

  /** A trip of no policy, or of before there was a price, is in none: then there is nothing to tell. */
  readonly #premium = new Resource(this, (tripId: string, signal) => api.tripPremium(tripId, signal))
  /** What was typed of events that are contested, so that looking at another loses nothing. */
  readonly #drafts: ContestDrafts = new Map()
  #justChosen = false

  readonly #evidence = new Resource(this, (eventId: string, signal) => api.evidence(eventId, signal))

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('tripId')) this.cursorS = null
    this.#view.want(this.tripId || null)
    const hasEnded = this.#view.value?.trip.endAt != null
    this.#premium.want(hasEnded ? this.tripId : null)
    const [telling] = mostTelling(this.#view.value?.events ?? [], 1)
    this.#event.want(this.chosenId ?? telling?.id ?? null)
    this.#evidence.want(this.chosenId ?? telling?.id ?? null)
  }

  /** Who chose an event is taken to its evidence where that is far below the list: on a phone. */
  override updated(changed: PropertyValues): void {
    if (!this.#justChosen || !changed.has('chosenId')) return
    this.#justChosen = false
    this.#leadToEvidence()
  }

  #leadToEvidence(): void {
    if (!matchMedia('(max-width: 900px)').matches) return
    const heading = this.renderRoot.querySelector<HTMLElement>('.evidence h2')
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }

  override render() {
    const view = this.#view.value
    return html`<div class="grid">
      <header class="page-head"><div><a class="back target" href="/trips">All trips</a>
        <h1>${view ? when(view.trip.startAt, Date.now()) : 'Trip'}</h1>${view ? html`<p>${this.#lead(view)}</p>` : nothing}</div></header>
      ${view ? this.#content(view) : html`<section class="card of-12">${show(this.#view, { what: 'The trip', lines: 9, empty, content: () => html`` })}</section>`}
    </div>`
  }

  #lead({ trip }: TripView): string {
    if (trip.endAt === null) return 'This trip is under way; what is here grows as the car sends it.'
    const share = judgedShare([trip])
    const judged = share === null ? 'It could not be judged.' : `${percent(share * 1e6)} of the way could be judged.`
    return `${clock(trip.startAt)} to ${clock(trip.endAt)}. ${judged}`
  }

  #content(view: TripView) {
    const { trip, table, marks, points, events } = view
    const onCursor = ({ detail }: CursorEvent) => {
      this.cursorS = detail.timeS
    }
    return html`
      <section class="card of-12" aria-label="In short">${this.#facts(view)}</section>
      <section class="card of-4"><header><h2>The way</h2></header>
        <fm-trip-track .size=${trackSize} .points=${points} .startAt=${trip.startAt} .events=${events} .cursorS=${this.cursorS}
          @fm-cursor=${onCursor}></fm-trip-track></section>
      <section class="card of-8"><header><h2>Over time</h2></header>
        ${
          table.timeS.length > 0
            ? html`<fm-chart-stack .table=${table} .panels=${panels} .marks=${marks} .cursorS=${this.cursorS}
                .label=${'Speed, limit, acceleration and risk over the trip'} @fm-cursor=${onCursor}></fm-chart-stack>`
            : html`<fm-view-state .kind=${'empty'} .what=${'No second of it has arrived.'}
                .detail=${'The car keeps what it could not send and sends it later; this fills then.'}></fm-view-state>`
        }</section>
      ${this.#events(view)}
      <section class="card of-12"><header><h2>Download this trip</h2></header>
        <fm-download-links .downloads=${tripDownloads(trip.id)}></fm-download-links></section>`
  }

  #facts({ trip, events }: TripView) {
    const mean = meanSpeedMps(trip)
    const risk = trip.meanLiveRisk
    const fact = (name: string, value: string, note = '') =>
      html`<div><span class="soft">${name}</span><b>${value}</b>${note ? html`<span class="soft">${note}</span>` : nothing}</div>`
    if (trip.endAt === null) {
      return html`<div class="facts">${fact('Trip', 'under way', 'Distance, speeds and risk come when it ends.')}
        ${fact('Events', String(events.length), 'so far')}</div>`
    }
    return html`<div class="facts">
      ${fact('Distance', distanceWord(trip))}
      ${fact('Lasted', trip.durationS === null ? 'unknown' : duration(trip.durationS))}
      ${fact('Mean speed', mean === null ? 'unknown' : speed(mean))}
      ${fact('Top speed', trip.speedMaxMps ? speed(trip.speedMaxMps) : 'unknown')}
      ${fact('Clean', cleanWord(trip))}
      ${fact('Events', String(events.length))}
      ${risk === null ? fact('Mean risk', 'not judged') : fact('Mean risk', decimal(risk), riskWord(risk))}
    </div>${this.#price(trip.driverId, events)}`
  }

  #price(driverId: string | null, events: TripView['events']) {
    const premium = this.#premium.value
    const ids = inScore(events).map(({ id }) => id)
    if (!premium && (driverId === null || ids.length === 0)) return nothing
    return html`<div class="price">
      ${premium ? html`<p>${tripPriceWords(premium)} <a class="target" href="/price">What the price is made of</a></p>` : nothing}
      ${
        driverId === null
          ? nothing
          : html`<fm-without-events .count=${ids.length} .ask=${() => api.whatIfWithout(driverId, ids)}></fm-without-events>`
      }</div>`
  }

  #events({ trip, events }: TripView) {
    if (events.length === 0) {
      return html`<section class="card of-12"><header><h2>Events</h2></header><p>${trip.endAt === null ? 'No event on this trip so far.' : 'No event on this trip.'}</p>
        <p class="soft">Nothing was braked, accelerated or cornered beyond the bands for as long as the rule asks.</p></section>`
    }
    const onChosen = ({ detail }: EventChosen) => {
      if (detail.eventId === this.chosenId) return this.#leadToEvidence()
      this.#justChosen = true
      goTo(this, tripPath(trip.id, detail.eventId))
      const event = events.find(({ id }) => id === detail.eventId)
      if (event) this.cursorS = Date.parse(event.startAt) / 1000
    }
    const shown = this.#event.value?.id ?? this.chosenId
    return html`
      <section class="card of-4 events"><header><h2>Events</h2><span class="soft">${events.length}</span></header>
        <fm-event-list .events=${events} .chosenId=${shown} @fm-event-chosen=${onChosen}></fm-event-list></section>
      <section class="card of-8 evidence" aria-live="polite"><header><h2 tabindex="-1">Evidence</h2></header>
        ${
          shown === null
            ? html`<fm-view-state .kind=${'empty'} .what=${'Choose an event.'} .detail=${'Its rule, its grade and the ten seconds on both sides appear here.'}></fm-view-state>`
            : show(this.#event, {
                what: 'The evidence',
                lines: 6,
                empty: { title: 'This event is not kept any more.', next: 'Choose another one.' },
                content: (
                  event,
                ) => html`<fm-event-detail .event=${event} .evidence=${this.#evidence.value} .cursorS=${this.cursorS}></fm-event-detail>
                  ${this.#contest(trip.endAt !== null)}`,
              })
        }</section>`
  }

  /** What the driver may say of the event, or has said. */
  #contest(hasEnded: boolean) {
    const evidence = this.#evidence.value
    if (!evidence || !hasEnded) return nothing
    const send = async (body: OpenContestBody) => {
      await api.openContest(evidence.eventId, body)
      // Of "not me" the trip is somebody else's from now on.
      if (body.reason === 'not_me') goTo(this, '/contests')
      else await this.#reloadEvent()
    }
    const withdraw = async () => {
      await api.withdrawContest(evidence.contest!.id, evidence.contest!.version)
      await this.#reloadEvent()
    }
    return html`<div class="contest">${
      evidence.contest
        ? html`<h2>Contest</h2><fm-contest-card .contest=${evidence.contest} .withdraw=${withdraw}></fm-contest-card>
            <p><a class="target" href=${contestPath(evidence.contest.id)}>What it does to score and premium</a></p>`
        : html`<fm-contest-form .evidence=${evidence} .drafts=${this.#drafts} .send=${send}></fm-contest-form>`
    }</div>`
  }

  async #reloadEvent(): Promise<void> {
    await Promise.all([this.#event.reload(), this.#evidence.reload(), this.#premium.reload(), this.#view.reload()])
  }
}
customElements.define('fm-trip-page', TripPage)
