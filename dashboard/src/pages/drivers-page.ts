import type { AdminDriver } from '@fairmile/contract/http/admin-lists.ts'
import type { PlanList } from '@fairmile/contract/http/plans.ts'
import { css, html, nothing } from 'lit'
import '../components/bulk-flow.ts'
import '../components/filter-bar.ts'
import '../components/selected-bar.ts'
import '../components/user-form.ts'
import './driver-panel.ts'
import { elementWith } from '../components/element.ts'
import type { Choice } from '../components/filter-bar.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { listedIn, openedIn, opening } from '../controllers/filters.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Picked } from '../controllers/picked.ts'
import { Resource } from '../controllers/resource.ts'
import { goTo } from '../controllers/router.ts'
import { adminApi, type BulkChange } from '../data/admin-api.ts'
import { driverFilterOf } from '../data/driver-filter.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { counted, decimal } from '../words/figures.ts'
import { missingDistance, riskStep, riskWord } from '../words/risk-words.ts'

const choicesWith = (plans: readonly string[]): readonly Choice[] => [
  {
    name: 'active',
    label: 'Policy',
    options: [
      ['', 'Any'],
      ['true', 'Active'],
      ['false', 'None active'],
    ],
  },
  {
    name: 'unscored',
    label: 'Score',
    options: [
      ['', 'Any'],
      ['false', 'Scored'],
      ['true', 'Not scored'],
    ],
  },
  {
    name: 'scoreFrom',
    label: 'At least',
    options: [
      ['', 'Any'],
      ['20', '20'],
      ['40', '40'],
      ['60', '60'],
      ['80', '80'],
    ],
  },
  {
    name: 'scoreTo',
    label: 'At most',
    options: [
      ['', 'Any'],
      ['20', '20'],
      ['40', '40'],
      ['60', '60'],
      ['80', '80'],
    ],
  },
  { name: 'plan', label: 'Plan', options: [['', 'Any'], ...plans.map((id) => [id, id] as const)] },
  {
    name: 'silent',
    label: 'Box',
    options: [
      ['', 'Any'],
      ['true', 'Silent 7 days'],
      ['false', 'Heard'],
    ],
  },
  {
    name: 'sort',
    label: 'Order',
    options: [
      ['', 'By id'],
      ['name', 'By name'],
      ['score', 'Riskiest first'],
      ['-score', 'Safest first'],
    ],
  },
]

/** Days of trips that a new score is made of. */
const periodDays = 30
const does = (count: number) => `Score ${counted(count, 'driver')} anew`

/** For admins: drivers with their scores, policies and boxes. They are added; some of them, or all that match, are scored anew. */
export class DriversPage extends elementWith({
  search: '',
  asked: null as BulkChange | null,
  /** The form for a new one is open. */
  adding: false,
  told: '',
}) {
  static styles = [
    base,
    grid,
    admin,
    css`
      .acts { display: flex; gap: var(--space-2); flex-wrap: wrap; }
      .score { font-weight: 600; }
      .risk-0 { color: var(--risk-0); } .risk-1 { color: var(--risk-1); } .risk-2 { color: var(--risk-2); } .risk-3 { color: var(--risk-3); } .risk-4 { color: var(--risk-4); }
    `,
  ]

  readonly #picked = new Picked(this)
  readonly #drivers = new PagedList<string, AdminDriver>(this, adminApi.drivers)
  readonly #plans = new Resource<true, PlanList>(this, adminApi.plans)

  override willUpdate(): void {
    this.#drivers.first.want(listedIn(this.search))
    this.#plans.want(true)
  }

  override render() {
    const drivers = this.#drivers
    const filter = driverFilterOf(listedIn(this.search))
    return html`<div class="grid"><header class="page-head"><div><h1>Drivers</h1><p>Newest scores, policies that are active today, and boxes.</p></div>
        <div class="acts"><button class="ghost" ?disabled=${filter === null} @click=${() => {
          if (filter) this.asked = { drivers: { filter }, periodDays }
        }}>Score all that match anew</button>
          <button @click=${() => {
            this.adding = true
            this.told = ''
          }}>Add a driver</button></div></header>
      ${this.adding ? html`<section class="card of-12"><fm-user-form .role=${'driver'} @fm-form-closed=${this.#added}></fm-user-form></section>` : nothing}
      ${this.told ? html`<p class="of-12" role="status">${this.told}</p>` : nothing}
      <fm-bulk-flow .action=${'rescore-drivers'} .body=${this.asked} .does=${does} @fm-bulk-closed=${this.#closed} @fm-bulk-done=${() => this.#drivers.first.reload()}></fm-bulk-flow>
      <fm-filter-bar .query=${this.search} .choices=${choicesWith((this.#plans.value?.items ?? []).map(({ id }) => id))} .placeholder=${'Name, e-mail, DRV-…'}
        @fm-filtered=${(event: CustomEvent<string>) => {
          this.search = event.detail
          this.#picked.clear()
        }}></fm-filter-bar>
      <section class="card of-12">
        ${show(drivers.first, {
          what: 'The drivers',
          lines: 8,
          isEmpty: ({ items }) => items.length === 0,
          empty: { title: 'Nobody matches.', next: 'Take a filter away, or search for the beginning of a word.' },
          content: () => table(drivers.items, { picked: this.#picked, search: this.search }),
        })}
        ${showMore(drivers)}</section>
      ${
        this.#picked.count === 0
          ? nothing
          : html`<fm-selected-bar .count=${this.#picked.count} @fm-cleared=${this.#picked.clear}><button @click=${() => {
              this.asked = { drivers: { ids: this.#picked.ids }, periodDays }
            }}>See who would be scored</button></fm-selected-bar>`
      }
      <fm-driver-panel .driverId=${openedIn(this.search)} @fm-closed=${() => goTo(this, location.pathname + listedIn(this.search))}></fm-driver-panel></div>`
  }

  readonly #added = (event: CustomEvent<{ told: string }>): void => {
    this.adding = false
    this.told = event.detail.told
    if (this.told) void this.#drivers.first.reload()
  }

  readonly #closed = (event: CustomEvent<{ started: boolean }>): void => {
    this.asked = null
    if (event.detail.started) this.#picked.clear()
  }
}
customElements.define('fm-drivers-page', DriversPage)

function table(drivers: readonly AdminDriver[], { picked, search }: { picked: Picked; search: string }) {
  const now = Date.now()
  return html`<table><thead><tr><th scope="col" class="pick"><label><input type="checkbox" aria-label="Select all that are shown"
      .checked=${picked.hasAll(drivers)} @change=${() => picked.toggleAll(drivers)} /></label></th><th scope="col">Driver</th><th scope="col" class="wide">E-mail</th>
    <th scope="col" class="number">Safety score</th><th scope="col" class="wide number">Judged, km</th>
    <th scope="col" class="wide">Plan</th><th scope="col" class="number">Box heard</th></tr></thead>
    <tbody>${drivers.map(
      (
        driver,
      ) => html`<tr><td class="pick"><label><input type="checkbox" aria-label="Select ${driver.id}" .checked=${picked.has(driver.id)}
          @change=${() => picked.toggle(driver.id)} /></label></td><td><a href=${`/drivers${opening(search, driver.id)}`}><b>${driver.name}</b></a><span class="sub"><code>${driver.id}</code>${driver.disabled ? ', log-in disabled' : ''}</span></td>
        <td class="wide">${driver.email}</td><td class="number">${scoreOf(driver)}</td>
        <td class="wide number">${driver.score ? decimal(driver.score.judgedKm) : '–'}</td>
        <td class="wide">${driver.plans.length > 0 ? driver.plans.join(', ') : html`<span class="soft">no active policy</span>`}</td>
        <td class="number">${driver.heardAt ? when(driver.heardAt, now) : driver.devices > 0 ? 'never' : '–'}</td></tr>`,
    )}</tbody></table>`
}

function scoreOf({ score, missingKm }: AdminDriver) {
  if (score === null)
    return html`<span class="soft">none yet</span>${missingKm ? html`<span class="sub">${missingDistance(missingKm)} missing</span>` : nothing}`
  const risk = 100 - score.safetyScore
  return html`<span class="score risk-${riskStep(risk)}">${decimal(score.safetyScore)}</span>
    <span class="sub">${decimal(score.low)}–${decimal(score.high)}<span class="wide">, risk ${riskWord(risk)}</span></span>`
}
