import type { User } from '@fairmile/contract/http/auth.ts'
import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Policy } from '@fairmile/contract/http/policies.ts'
import type { ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../components/premium-card.ts'
import '../components/premium-ledger.ts'
import '../components/price-check.ts'
import '../components/receipt-steps.ts'
import { elementWith } from '../components/element.ts'
import type { CheckedEvent } from '../components/price-check.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { api, receiptAddress } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { forms } from '../styles/forms.ts'
import { calendarDay, when } from '../words/dates.ts'
import { counted, decimal, money, percent } from '../words/figures.ts'

const noPremium = { title: 'No price yet.', next: 'It is worked out, with its receipt, after your first whole trip.' }

/** The premium, the receipt it comes with, and the check that anyone can make. */
export class PricePage extends elementWith({
  user: null as User | null,
  revision: 0,
  chosenId: null as string | null,
  /** The policy that is looked at; null: the driver's present one. */
  policyId: null as string | null,
  differsAt: null as string | null,
}) {
  static styles = [
    base,
    grid,
    forms,
    css`
      .actions { display: grid; gap: var(--space-3); justify-items: start; }
      td button { min-height: 32px; }
      .about { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--space-1) var(--space-4); font-size: var(--size-1); }
      dt { color: var(--ink-soft); }
      dd { overflow-wrap: anywhere; }
      code { font: var(--size-0) var(--mono); }
      @media (max-width: 900px) { .wide { display: none; } td button { min-height: 44px; } }
    `,
  ]

  readonly #driver = new Resource(this, (driver: string, signal) => api.driver(driver, signal))
  readonly #premium = new Resource(this, (_of: string, signal) =>
    api.premium(this.user!.driverId!, this.policyId, signal),
  )
  readonly #receipts = new PagedList<string, ReceiptSummary>(this, (driver, cursor, signal) =>
    api.receipts(driver, { cursor }, signal),
  )
  readonly #ledger = new PagedList<string, PremiumEntry>(this, (policy, cursor, signal) =>
    api.ledger(policy, { cursor }, signal),
  )
  readonly #receipt = new Resource(this, (id: string, signal) => api.receipt(this.user!.driverId!, id, signal))

  override willUpdate(changed: PropertyValues): void {
    const driverId = this.user?.driverId ?? null
    if (changed.has('revision') && changed.get('revision') !== undefined) {
      void this.#premium.reload()
      void this.#receipts.first.reload()
      void this.#ledger.first.reload()
    }
    this.#driver.want(driverId)
    this.#receipts.first.want(driverId)
    // Before the first receipt there is no premium, and the cloud would answer "not found".
    const { value, error } = this.#receipts.first.state
    this.#premium.want(value?.items.length || error ? (this.policyId ?? driverId) : null)
    this.#ledger.first.want(this.#premium.value?.policyId ?? null)
    this.#receipt.want(this.chosenId ?? this.#premium.value?.receiptId ?? null)
  }

  override render() {
    return html`<div class="grid">
      <header class="page-head"><div><h1>Price</h1><p>What you pay, what it is made of, and how to check it.</p></div>${this.#choice()}</header>
      <section class="card of-5"><header><h2>Premium, this term</h2></header>${show(this.#premium, {
        what: 'The premium',
        lines: 5,
        absent: this.#noneYet,
        empty: noPremium,
        content: (premium) => html`<fm-premium-card .premium=${premium} .whole=${true}></fm-premium-card>`,
      })}</section>
      <section class="card of-7"><header><h2>Check it</h2></header>${this.#check()}</section>
      ${this.#receipt.value ? this.#stepsCard(this.#receipt.value) : nothing}
      ${this.#premium.value ? this.#ledgerCard() : nothing}
      ${this.#receiptsCard()}
    </div>`
  }

  /** Policies with a day, the last to begin first. */
  get #policies(): readonly Policy[] {
    const known = (this.#driver.value?.policies ?? []).filter(({ state }) => state !== 'voided')
    return known.toSorted((one, other) => other.startsOn.localeCompare(one.startsOn))
  }

  /** Which policy is looked at, where there are several: another car's, or of another term. */
  #choice() {
    const shown = this.policyId ?? this.#premium.value?.policyId
    if (this.#policies.length < 2 || shown === undefined) return nothing
    return html`<label>Policy <select @change=${this.#look}>${this.#policies.map(
      (policy) => html`<option value=${policy.id} ?selected=${policy.id === shown}>${this.#nameOf(policy)}</option>`,
    )}</select></label>`
  }

  #nameOf({ vehicle, startsOn, endsOn }: Policy): string {
    const now = Date.now()
    return `${vehicle.name}, ${calendarDay(startsOn, now)} to ${calendarDay(endsOn, now)}`
  }

  #look(event: Event): void {
    this.policyId = (event.target as HTMLSelectElement).value
    this.chosenId = null
    this.differsAt = null
  }

  get #noneYet(): boolean {
    return this.#receipts.first.value?.items.length === 0
  }

  /** The receipt, or what keeps its id from being known. */
  #check() {
    const about = { what: 'The receipt', lines: 5, absent: this.#noneYet, empty: noPremium }
    return this.chosenId === null && this.#premium.value === null
      ? show(this.#premium, { ...about, content: () => html`` })
      : show(this.#receipt, { ...about, content: (receipt) => this.#checkCard(receipt) })
  }

  #checkCard(receipt: Receipt) {
    const onChecked = ({ detail }: CheckedEvent) => {
      this.differsAt = detail.differsAt
    }
    const href = receiptAddress(receipt.driverId, receipt.id)
    return html`<div class="actions">
      <p>The receipt holds everything that this price comes from: your trips in numbers, the model, the plan and each step.
        Your browser can do the whole sum again.</p>
      <fm-price-check .receipt=${receipt} @fm-checked=${onChecked}></fm-price-check>
      <dl class="about">
        <dt>Receipt</dt><dd><code>${receipt.id}</code>, ${when(receipt.issuedAt, Date.now())}</dd>
        <dt>Trips</dt><dd>${counted(receipt.trips.length, 'trip')} of this term, in numbers only, no places</dd>
        <dt>Plan</dt><dd>${receipt.plan.title}, ${receipt.plan.version}</dd>
        <dt>Model</dt><dd>${receipt.model.name} ${receipt.model.version}, <code>${receipt.model.modelHash.slice(0, 12)}</code></dd>
        <dt>Elsewhere</dt><dd><code>npx fairmile verify ${receipt.id}.json</code> does the same</dd>
      </dl>
      <a class="button ghost" href=${href} download="${receipt.id}.json">Download the receipt</a></div>`
  }

  #stepsCard(receipt: Receipt) {
    return html`<section class="card of-12"><header><h2>Step by step</h2><span class="soft">open a line for its reason and formula</span></header>
      <fm-receipt-steps .receipt=${receipt} .differsAt=${this.differsAt}></fm-receipt-steps></section>`
  }

  #ledgerCard() {
    const { items } = this.#ledger
    return html`<section class="card of-12"><header><h2>Bills</h2><span class="soft">what was asked for and given back</span></header>
      ${show(this.#ledger.first, {
        what: 'The bills',
        isEmpty: (page) => page.items.length === 0,
        empty: {
          title: 'Nothing billed yet.',
          next: 'A month is billed three days after its end, so that late trips are in it.',
        },
        content: () => html`<fm-premium-ledger .entries=${items}></fm-premium-ledger>`,
      })}
      ${showMore(this.#ledger, 'Older entries')}</section>`
  }

  #receiptsCard() {
    const { items } = this.#receipts
    return html`<section class="card of-12"><header><h2>Receipts</h2><span class="soft">${items.length > 0 ? decimal(items.length) : ''}</span></header>
      ${show(this.#receipts.first, {
        what: 'The receipts',
        isEmpty: (page) => page.items.length === 0,
        empty: { title: 'No receipts yet.', next: 'Each new price comes with one, and all of them stay here.' },
        content: () => this.#table(items),
      })}
      ${showMore(this.#receipts, 'Older receipts')}</section>`
  }

  #table(receipts: readonly ReceiptSummary[]) {
    const shown = this.#receipt.value?.id
    return html`<table><thead><tr><th scope="col">Issued</th><th scope="col" class="wide">Receipt</th>
      <th scope="col" class="number wide">Discount</th><th scope="col" class="number">Term so far</th><th scope="col" class="number">Steps</th></tr></thead>
      <tbody>${receipts.map(
        (
          receipt,
        ) => html`<tr><td>${when(receipt.issuedAt, Date.now())}</td><td class="wide"><code>${receipt.id}</code></td>
          <td class="number wide">${percent(receipt.discountPpm, 1)}</td><td class="number">${money(receipt.premiumMinor, receipt.currency)}</td>
          <td class="number">${
            receipt.id === shown
              ? html`<span class="soft">shown</span>`
              : html`<button class="ghost" @click=${() => this.#choose(receipt.id)}>Show</button>`
          }</td></tr>`,
      )}</tbody></table>`
  }

  #choose(id: string): void {
    this.chosenId = id
    this.differsAt = null
    scrollTo(0, 0)
  }
}
customElements.define('fm-price-page', PricePage)
