import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Premium, ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { css, html, nothing } from 'lit'
import '../components/download-links.ts'
import '../components/premium-card.ts'
import '../components/side-panel.ts'
import { elementWith } from '../components/element.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { tripPath } from '../controllers/routes.ts'
import { api, receiptAddress } from '../data/api.ts'
import { driverDownloads } from '../data/downloads.ts'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'
import { calendarDay, when } from '../words/dates.ts'
import { kilometres, money, nbsp } from '../words/figures.ts'

/** Trips that are named. */
const newestTrips = 5

/** For admins: a driver beside the list, with policies, premium, receipts, newest trips and files of what is kept. Fires `fm-closed`. */
export class DriverPanel extends elementWith({ driverId: null as string | null }) {
  static styles = [
    base,
    admin,
    css`
      :host { display: contents; }
      fm-side-panel { font-size: var(--size-1); }
      h3 { margin-bottom: var(--space-2); }
      .row a { overflow-wrap: anywhere; }
    `,
  ]

  readonly #driver = new Resource<string, Driver>(this, api.driver)
  readonly #premium = new Resource<string, Premium>(this, (driver: string, signal) => api.premium(driver, null, signal))
  readonly #trips = new Resource(this, (driverId: string, signal) =>
    api.trips(driverId, { limit: newestTrips }, signal),
  )
  readonly #receipts = new PagedList<string, ReceiptSummary>(this, (driverId, cursor, signal) =>
    api.receipts(driverId, { cursor, limit: 10 }, signal),
  )

  override willUpdate(): void {
    for (const each of [this.#driver, this.#premium, this.#trips, this.#receipts.first]) each.want(this.driverId)
  }

  override render() {
    const { driverId } = this
    if (driverId === null) return nothing
    return html`<fm-side-panel .heading=${this.#driver.value?.name ?? driverId} @fm-closed=${() => this.dispatchEvent(new Event('fm-closed'))}>
      <section>${show(this.#driver, {
        what: 'The driver',
        empty: { title: 'There is no such driver.', next: 'Close this, and search for the name.' },
        content: (driver) => aboutOf(driver),
      })}</section>
      <section><h3>Premium, this term</h3>${show(this.#premium, {
        what: 'The premium',
        empty: { title: 'No premium yet.', next: 'It comes with the first trip of a policy.' },
        content: (premium) => html`<fm-premium-card .premium=${premium} .whole=${true}></fm-premium-card>`,
      })}</section>
      <section><h3>Receipts</h3>${show(this.#receipts.first, {
        what: 'The receipts',
        isEmpty: ({ items }) => items.length === 0,
        empty: { title: 'No receipts yet.', next: 'Each new price comes with one.' },
        content: () => receiptRows(driverId, this.#receipts.items),
      })}${showMore(this.#receipts, 'Older receipts')}</section>
      <section><h3>Newest trips</h3>${show(this.#trips, {
        what: 'The trips',
        isEmpty: ({ items }) => items.length === 0,
        empty: { title: 'No trips yet.', next: 'The first appears minutes after the car has come to rest.' },
        content: ({ items }) => tripRows(items),
      })}</section>
      <section><h3>Files of the last year</h3><fm-download-links .downloads=${driverDownloads(driverId)}></fm-download-links></section>
    </fm-side-panel>`
  }
}
customElements.define('fm-driver-panel', DriverPanel)

function aboutOf({ id, email, createdAt, policies }: Driver) {
  const now = Date.now()
  return html`<div class="rows"><div class="row"><span class="soft">Driver</span><code>${id}</code></div>
    <div class="row"><span class="soft">E-mail</span><span>${email}</span></div>
    <div class="row"><span class="soft">Since</span><span>${when(createdAt, now)}</span></div>
    ${policies.map(
      ({
        id: policyId,
        vehicle,
        startsOn,
        endsOn,
        planId,
        state,
      }) => html`<div class="row"><span><b>${vehicle.name}</b><span class="sub"><code>${policyId}</code></span>
        <span class="sub">${state === 'voided' ? `Undone before it began on ${calendarDay(startsOn, now)}` : `${calendarDay(startsOn, now)} to ${calendarDay(endsOn, now)}`}</span></span><span class="tag">${planId}</span></div>`,
    )}</div>
    <p><a class="target" href=${`/policies?search=${encodeURIComponent(id)}`}>Policies in the list</a></p>`
}

function receiptRows(driverId: string, receipts: readonly ReceiptSummary[]) {
  const now = Date.now()
  return html`<div class="rows">${receipts.map(
    ({ id, issuedAt, premiumMinor, currency }) => html`<div class="row"><span>${when(issuedAt, now)}
      <span class="sub"><a class="target" href=${receiptAddress(driverId, id)} download="${id}.json" aria-label="Download ${id}">${id}</a></span></span>
      <b>${money(premiumMinor, currency)}</b></div>`,
  )}</div>`
}

function tripRows(trips: readonly Trip[]) {
  const now = Date.now()
  return html`<div class="rows">${trips.map(
    ({
      id,
      startAt,
      distanceM,
    }) => html`<div class="row"><a class="target" href=${tripPath(id)}>${when(startAt, now)}</a>
      <span>${distanceM === null ? '–' : `${kilometres(distanceM)}${nbsp}km`}</span></div>`,
  )}</div>`
}
