import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { css, html } from 'lit'
import '../charts/bar-chart.ts'
import '../components/health-list.ts'
import '../components/kpi-tile.ts'
import { elementWith } from '../components/element.ts'
import { show } from '../components/view-state.ts'
import { Resource } from '../controllers/resource.ts'
import { adminApi } from '../data/admin-api.ts'
import { eventSeries, scoreSeries } from '../data/overview-series.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { counted, decimal, nbsp, percent, wholeMoney } from '../words/figures.ts'
import { healthWords } from '../words/health-words.ts'

/** For admins: the portfolio and the service at a glance. */
export class AdminOverviewPage extends elementWith({}) {
  static styles = [
    base,
    grid,
    css`
      :host { font-size: var(--size-1); }
      .tiles { grid-column: 1 / -1; display: grid; gap: var(--space-3); grid-template-columns: repeat(4, minmax(0, 1fr)); }
      .column { display: flex; flex-direction: column; gap: var(--space-4); }
      .column .card { flex: 1 0 auto; height: auto; }
      @media (max-width: 900px) { .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    `,
  ]

  readonly #overview = new Resource<true, AdminOverview>(this, adminApi.overview)

  override willUpdate(): void {
    this.#overview.want(true)
  }

  override render() {
    const at = this.#overview.value?.at
    return html`<div class="grid"><header class="page-head"><div><h1>Overview</h1>
        <p>${at ? `${when(at, Date.now())}, a minute old at most. Days are UTC.` : 'Portfolio and service.'}</p></div>
        <button class="ghost" @click=${() => void this.#overview.reload()}>Refresh</button></header>
      ${
        this.#overview.value
          ? this.#content(this.#overview.value)
          : html`<section class="card of-12">${show(this.#overview, {
              what: 'The overview',
              lines: 8,
              empty: { title: 'Nothing yet.', next: 'It begins with the first driver.' },
              content: () => html``,
            })}</section>`
      }</div>`
  }

  #content(overview: AdminOverview) {
    const { activity } = overview
    const days = activity.map(({ day }) => `${Number(day.slice(8))}.${Number(day.slice(5, 7))}.`)
    const trips = [{ label: 'trips', colour: '--brand', values: activity.map((day) => day.trips) }]
    const { scored, unscored, bins } = overview.scores
    return html`<div class="tiles">${tiles(overview)}</div>
      <div class="column of-8"><section class="card"><header><h2>Trips a day</h2><span class="soft">30 days</span></header>
        <fm-bar-chart .names=${days} .series=${trips} .unit=${'trips'} .heightPx=${250} .label=${'Trips a day over 30 days'}></fm-bar-chart></section>
      <section class="card"><header><h2>Driving events a day</h2><span class="soft">${counted(
        overview.events.reduce((sum, { counted: n }) => sum + n, 0),
        'counts',
        'count',
      )} towards a price</span></header>
        <fm-bar-chart .names=${days} .series=${eventSeries(overview)} .heightPx=${270} .label=${'Driving events a day by kind'}></fm-bar-chart></section></div>
      <div class="column of-4"><section class="card"><header><h2>Safety scores</h2><span class="soft">${decimal(scored)} scored, ${decimal(unscored)} not yet</span></header>
        <fm-bar-chart .names=${bins.map((_, bin) => `${bin * 10}–${bin === 9 ? 100 : bin * 10 + 9}`)} .series=${scoreSeries(bins)} .heightPx=${190}
          .of=${'Safety score'} .label=${'Drivers by safety score'}></fm-bar-chart></section>
      <section class="card"><header><h2>The service</h2></header>
        <fm-health-list .items=${healthWords(overview)}></fm-health-list></section></div>`
  }
}
customElements.define('fm-admin-overview-page', AdminOverviewPage)

function tiles({ drivers, activePolicies, devices, driven, scores, premiums }: AdminOverview) {
  const { mean, interval, scored } = scores
  const [main] = premiums
  const others =
    premiums.length > 1 ? `; and ${counted(premiums.length - 1, 'other currency', 'other currencies')}` : ''
  const reach = interval
    ? `± ${decimal((interval.high - interval.low) / 2, 1)}, mean of ${decimal(scored)}`
    : `of ${decimal(scored)}`
  const notScored = scores.unscored > 0 ? `${decimal(scores.unscored)} without a score` : 'all scored'
  return html`
    <fm-kpi-tile .name=${'Drivers'} .value=${decimal(drivers)} .beside=${notScored} .href=${'/drivers'}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Active policies'} .value=${decimal(activePolicies)} .beside=${main ? `${decimal(main.policies)} priced` : 'none priced yet'} .href=${'/policies?state=active'}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Mean safety score'} .value=${mean === null ? '–' : decimal(mean, 1)} .beside=${reach} .href=${'/drivers?sort=score'}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Boxes heard'} .value=${decimal(devices.heard)} .unit=${`of ${decimal(devices.claimed)}`} .beside=${'in the last day'} .href=${'/drivers?silent=true'}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Driven today'} .value=${decimal(driven.today.km)} .unit=${'km'} .beside=${counted(driven.today.trips, 'trip')}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Driven in 7 days'} .value=${decimal(driven.days7.km)} .unit=${'km'} .beside=${`${counted(driven.days7.trips, 'trip')}; 30 days ${decimal(driven.days30.km)}${nbsp}km`}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Premium to date'} .value=${main ? wholeMoney(main.premiumMinor, main.currency) : '–'} .beside=${main ? `${wholeMoney(main.monthMinor, main.currency)} a month${others}` : 'no policy is priced'} .href=${'/policies?sort=-premium'}></fm-kpi-tile>
    <fm-kpi-tile .name=${'Mean discount'} .value=${main ? percent(main.meanDiscountPpm, 1) : '–'} .beside=${'of priced policies'} .href=${'/reports'}></fm-kpi-tile>`
}
