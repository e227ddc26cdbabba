import type { User } from '@fairmile/contract/http/auth.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { html, type PropertyValues } from 'lit'
import '../components/trips-table.ts'
import { elementWith } from '../components/element.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { api } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { counted } from '../words/figures.ts'

/** All trips, newest first, a page at a time. */
export class TripsPage extends elementWith({ user: null as User | null, revision: 0 }) {
  static styles = [base, grid]

  readonly #trips = new PagedList<string, Trip>(this, (driver, cursor, signal) => api.trips(driver, { cursor }, signal))

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('revision') && changed.get('revision') !== undefined) void this.#trips.first.reload()
    this.#trips.first.want(this.user?.driverId ?? null)
  }

  override render() {
    const { items } = this.#trips
    return html`<div class="grid">
      <header class="page-head"><div><h1>Trips</h1>
        <p>${items.length === 0 ? 'Every drive, with the evidence for its score.' : `${counted(items.length, 'trip')} shown, newest first.`}</p></div><a class="target" href="/contests">Contests</a></header>
      <section class="card of-12">${show(this.#trips.first, {
        what: 'The trips',
        lines: 9,
        isEmpty: (page) => page.items.length === 0,
        empty: { title: 'No trips yet.', next: 'The first one appears here minutes after the car has come to rest.' },
        content: () => html`<fm-trips-table .trips=${items}></fm-trips-table>`,
      })}
      ${showMore(this.#trips, 'Older trips')}</section></div>`
  }
}
customElements.define('fm-trips-page', TripsPage)
