import type { AdminPolicy } from '@fairmile/contract/http/admin-lists.ts'
import type { MovePolicies } from '@fairmile/contract/http/bulk.ts'
import type { PlanList } from '@fairmile/contract/http/plans.ts'
import { css, html, nothing } from 'lit'
import '../components/bulk-flow.ts'
import '../components/filter-bar.ts'
import '../components/selected-bar.ts'
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
import { adminApi } from '../data/admin-api.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { calendarDay } from '../words/dates.ts'
import { counted, money, percent } from '../words/figures.ts'

const choicesWith = (plans: readonly string[]): readonly Choice[] => [
  { name: 'plan', label: 'Plan', options: [['', 'Any'], ...plans.map((id) => [id, id] as const)] },
  {
    name: 'state',
    label: 'State',
    options: [
      ['', 'Any'],
      ['active', 'Active'],
      ['upcoming', 'Upcoming'],
      ['ended', 'Ended'],
      ['voided', 'Voided'],
    ],
  },
  {
    name: 'endsWithin',
    label: 'Ends within',
    options: [
      ['', 'Any time'],
      ['30', '30 days'],
      ['60', '60 days'],
      ['90', '90 days'],
    ],
  },
  {
    name: 'sort',
    label: 'Order',
    options: [
      ['', 'By id'],
      ['endsOn', 'Ends first'],
      ['-premium', 'Dearest first'],
    ],
  },
]
/** What is worth a word beside the last day of a policy. */
const standing = (state: AdminPolicy['state'], outcome: AdminPolicy['outcome']) => {
  const word = outcome === 'cancelled' || outcome === 'endorsed' ? outcome : state
  return word === 'active' ? nothing : html`<span class="sub">${word}</span>`
}
const does = (count: number) => `Renew ${counted(count, 'policy', 'policies')} so`

/** For admins: policies, and their move to another plan at renewal. */
export class PoliciesPage extends elementWith({
  search: '',
  toPlan: '',
  asked: null as MovePolicies | null,
}) {
  static styles = [
    base,
    grid,
    admin,
    css`
      fm-selected-bar label { display: flex; gap: 8px; align-items: center; }
      fm-selected-bar select { width: auto; }
    `,
  ]

  readonly #picked = new Picked(this)
  readonly #policies = new PagedList<string, AdminPolicy>(this, adminApi.policies)
  readonly #plans = new Resource<true, PlanList>(this, adminApi.plans)

  override willUpdate(): void {
    this.#policies.first.want(listedIn(this.search))
    this.#plans.want(true)
  }

  override render() {
    const policies = this.#policies
    const plans = this.#plans.value?.items ?? []
    return html`<div class="grid"><header class="page-head"><div><h1>Policies</h1><p>Select some to have them renew, under another plan or the same.</p></div></header>
      <fm-bulk-flow .action=${'move-policies'} .body=${this.asked} .does=${does} @fm-bulk-closed=${this.#closed} @fm-bulk-done=${() => this.#policies.first.reload()}></fm-bulk-flow>
      <fm-filter-bar .query=${this.search} .choices=${choicesWith(plans.map(({ id }) => id))} .placeholder=${'Driver, e-mail, POL-…'}
        @fm-filtered=${this.#filtered}></fm-filter-bar>
      <section class="card of-12">
        ${show(policies.first, {
          what: 'The policies',
          lines: 8,
          isEmpty: ({ items }) => items.length === 0,
          empty: { title: 'No policy matches.', next: 'Take a filter away, or search for the beginning of a word.' },
          content: () => this.#table(policies.items),
        })}
        ${showMore(policies)}</section>
      ${this.#picked.count === 0 ? nothing : this.#selected(plans.filter(({ state }) => state === 'approved').map(({ id }) => id))}
      <fm-driver-panel .driverId=${openedIn(this.search)} @fm-closed=${() => goTo(this, location.pathname + listedIn(this.search))}></fm-driver-panel></div>`
  }

  #table(policies: readonly AdminPolicy[]) {
    const now = Date.now()
    return html`<table><thead><tr><th scope="col" class="pick"><label><input type="checkbox" aria-label="Select all that are shown"
        .checked=${this.#picked.hasAll(policies)} @change=${() => this.#picked.toggleAll(policies)} /></label></th>
      <th scope="col">Policy</th><th scope="col" class="wide">Vehicle</th><th scope="col">Plan</th><th scope="col" class="wide number">Ends</th>
      <th scope="col" class="number">A month</th><th scope="col" class="wide number">Discount</th></tr></thead>
      <tbody>${policies.map(
        ({ id, driver, vehicle, planId, endsOn, state, outcome, premium, renewal }) => html`<tr>
          <td class="pick"><label><input type="checkbox" aria-label="Select ${id}" .checked=${this.#picked.has(id)} @change=${() => this.#picked.toggle(id)} /></label></td>
          <td><a href=${`/policies${opening(this.search, driver.id)}`}><b>${driver.name}</b></a><span class="sub"><code>${id}</code></span></td><td class="wide">${vehicle.name}</td>
          <td>${planId}${renewal ? html`<span class="sub">then ${renewal.planId}</span>` : nothing}</td>
          <td class="wide number">${calendarDay(endsOn, now)}${standing(state, outcome)}</td>
          <td class="number">${premium ? money(premium.monthMinor, premium.currency) : html`<span class="soft">no price yet</span>`}</td>
          <td class="wide number">${premium ? percent(premium.discountPpm, 1) : '–'}</td></tr>`,
      )}</tbody></table>`
  }

  #selected(plans: readonly string[]) {
    return html`<fm-selected-bar .count=${this.#picked.count} @fm-cleared=${this.#picked.clear}><label>Renew under <select aria-label="Plan" @change=${(
      event: Event,
    ) => {
      this.toPlan = (event.target as HTMLSelectElement).value
    }}><option value="">a plan</option>${plans.map((id) => html`<option value=${id} ?selected=${id === this.toPlan}>${id}</option>`)}</select></label>
      <button ?disabled=${this.toPlan === ''} @click=${this.#ask}>See what would change</button></fm-selected-bar>`
  }

  readonly #filtered = (event: CustomEvent<string>): void => {
    this.search = event.detail
    this.#picked.clear()
  }

  readonly #ask = (): void => {
    this.asked = { policies: { ids: this.#picked.ids }, toPlan: this.toPlan }
  }

  readonly #closed = (event: CustomEvent<{ started: boolean }>): void => {
    this.asked = null
    if (event.detail.started) this.#picked.clear()
  }
}
customElements.define('fm-policies-page', PoliciesPage)
