import type { AdminRedemption, SettleRedemptionBody } from '@fairmile/contract/http/rewards.ts'
import { type RedemptionState, redemptionStates } from '@fairmile/contract/reward-catalogue.ts'
import { html, nothing } from 'lit'
import { elementWith } from '../components/element.ts'
import { showMore } from '../components/show-more.ts'
import '../components/redemption-form.ts'
import { reveal } from '../components/reveal.ts'
import { show } from '../components/view-state.ts'
import { filterOf, opening, withFilter } from '../controllers/filters.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { api } from '../data/api.ts'
import { ApiError } from '../data/api-error.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { openedRow } from '../styles/opened-row.ts'
import { when } from '../words/dates.ts'
import { decimal, money } from '../words/figures.ts'
import { redemptionKindWords, redemptionStateWords } from '../words/reward-words.ts'

const stateOf = (search: string): RedemptionState =>
  redemptionStates.find((state) => state === filterOf(search, 'state')) ?? 'open'

/** For admins: what drivers had for points, to be given or refused. */
export class RedemptionsPage extends elementWith({
  search: '',
  chosen: null as AdminRedemption | null,
  told: '',
}) {
  static styles = [base, grid, admin, openedRow]

  readonly #redemptions = new PagedList<RedemptionState, AdminRedemption>(this, (state, cursor, signal) =>
    api.redemptions(state, { cursor }, signal),
  )

  override willUpdate(): void {
    this.#redemptions.first.want(stateOf(this.search))
  }

  override render() {
    const state = stateOf(this.search)
    const redemptions = this.#redemptions
    return html`<div class="grid"><header class="page-head"><div><h1>Redemptions</h1><p>What drivers had for points. Open ones wait to be given, the oldest first.</p></div>
        <button class="ghost" @click=${() => void redemptions.first.reload()}>Refresh</button></header>
      <div class="lists" role="group" aria-label="Which redemptions">${redemptionStates.map(
        (of) =>
          html`<button class="ghost" aria-pressed=${of === state} @click=${() => this.#go(of)}>${redemptionStateWords[of].title}</button>`,
      )}</div>
      ${this.told ? html`<p class="of-12" role="status">${this.told}</p>` : nothing}
      <section class="card of-12">
        ${show(redemptions.first, {
          what: 'The redemptions',
          lines: 5,
          isEmpty: ({ items }) => items.length === 0,
          empty: redemptionStateWords[state].empty,
          content: () => this.#table(redemptions.items, state),
        })}
        ${showMore(redemptions)}</section>
      ${this.chosen ? this.#chosen(this.chosen) : nothing}</div>`
  }

  #table(redemptions: readonly AdminRedemption[], state: RedemptionState) {
    const now = Date.now()
    return html`<table><thead><tr><th scope="col">What</th><th scope="col">Driver</th><th scope="col" class="wide number">Points</th>
      <th scope="col" class="number">Worth</th><th scope="col" class="wide number">Redeemed</th>
      ${state === 'open' ? nothing : html`<th scope="col" class="wide number">${redemptionStateWords[state].title}</th>`}</tr></thead>
      <tbody>${redemptions.map(
        (redemption) => html`<tr aria-current=${redemption.id === this.chosen?.id}>
          <td><button class="id" @click=${() => this.#choose(redemption)}>${redemption.title}</button><span class="sub">${redemptionKindWords[redemption.kind]}</span>
            <span class="sub narrow">${when(redemption.madeAt, now)}</span></td>
          <td>${driverOf(redemption)}<span class="sub">${redemption.driverId}</span></td>
          <td class="wide number">${decimal(redemption.points)}</td>
          <td class="number">${money(redemption.valueMinor, redemption.currency)}</td>
          <td class="wide number">${when(redemption.madeAt, now)}</td>
          ${redemption.settledAt === null ? nothing : html`<td class="wide number">${when(redemption.settledAt, now)}</td>`}</tr>`,
      )}</tbody></table>`
  }

  #chosen(redemption: AdminRedemption) {
    const { id, title, points, madeAt, settledAt, settledBy, reason, state } = redemption
    const now = Date.now()
    return html`<section class="card of-12" id="chosen" tabindex="-1"><header><h2>${title}</h2><code>${id}</code></header>
      <p>For ${driverOf(redemption)}: ${decimal(points)} points, ${when(madeAt, now)}.</p>
      ${
        settledAt === null
          ? html`<fm-redemption-form .redemption=${redemption} .send=${(body: SettleRedemptionBody) => this.#settle(redemption, body)}></fm-redemption-form>`
          : html`<p>${redemptionStateWords[state].title} ${when(settledAt, now)} by <code>${settledBy}</code>.</p>${reason === null ? nothing : html`<p>${reason}</p>`}`
      }</section>`
  }

  #go(state: RedemptionState): void {
    this.search = withFilter(this.search, 'state', state === 'open' ? '' : state)
    this.chosen = null
    this.told = ''
  }

  async #choose(redemption: AdminRedemption): Promise<void> {
    this.chosen = redemption
    this.told = ''
    await reveal(this, '#chosen')
  }

  async #settle({ id, title, driverId }: AdminRedemption, body: SettleRedemptionBody): Promise<void> {
    try {
      this.told = (await this.#isFirst(id, body))
        ? `${title}: ${body.state === 'fulfilled' ? 'given' : 'refused'}.${driverId === null ? '' : ' The driver is told.'}`
        : `${title}: another admin was first. The list was read anew.`
    } catch (error) {
      if (this.chosen?.id === id) throw error
      // Another row was opened meanwhile: in its form this would seem to be about that one.
      this.told = `${title} could not be settled: ${error instanceof Error ? error.message : error}`
      return
    }
    // What was opened meanwhile stays, with what is written in it.
    if (this.chosen?.id === id) this.chosen = null
    await this.#redemptions.first.reload()
  }

  /** Settles one; false where it was settled before. */
  async #isFirst(id: string, body: SettleRedemptionBody): Promise<boolean> {
    try {
      await api.settleRedemption(id, body)
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) return false
      throw error
    }
  }
}
customElements.define('fm-redemptions-page', RedemptionsPage)

/** Who it is for, and where they are opened. */
function driverOf({ driverId, driverName }: AdminRedemption) {
  if (driverId === null) return 'a driver who was forgotten'
  return html`<a href=${`/drivers${opening('', driverId)}`}>${driverName ?? driverId}</a>`
}
