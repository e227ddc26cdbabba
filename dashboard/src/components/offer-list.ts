import type { RewardOfferReport, Rewards } from '@fairmile/contract/http/rewards.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { money } from '../words/figures.ts'
import { points, refusalWords } from '../words/reward-words.ts'
import { elementWith } from './element.ts'

/** A driver has confirmed that they want an offer. */
export type OfferRedeemed = CustomEvent<{ id: string }>

/** What points are good for; each is asked for twice, for points that are spent do not come back. */
export class OfferList extends elementWith({
  rewards: null as Rewards | null,
  busy: false,
  asked: null as string | null,
}) {
  static styles = [
    base,
    css`
      li { padding: var(--space-3) 0; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2) var(--space-4); align-items: center; }
      li + li { border-top: 1px solid var(--line); }
      .confirm { grid-column: 1 / -1; background: var(--brand-wash); border-radius: var(--radius-small); padding: var(--space-3) var(--space-4); display: flex; flex-wrap: wrap; gap: var(--space-3); align-items: center; justify-content: space-between; }
      .acts { display: flex; gap: var(--space-2); flex-wrap: wrap; }
      .year { margin-top: var(--space-3); }
    `,
  ]

  override render() {
    const { rewards } = this
    if (!rewards) return nothing
    const { year, offers } = rewards
    return html`<ul>${offers.map((offer) => this.#offer(offer, rewards.balance))}</ul>
      <p class="soft year">${
        year.mostMinor > 0
          ? `This year you were given ${money(year.givenMinor, year.currency)} of the ${money(year.mostMinor, year.currency)} that the rules where you are insured allow. Donations do not count.`
          : 'Where you are insured, points may be given to a good cause alone.'
      }</p>`
  }

  #offer(offer: RewardOfferReport, balance: number) {
    const { id, title, text, valueMinor, currency, refusal } = offer
    const ask = () => {
      this.asked = id
    }
    return html`<li><div><h3>${title}</h3><p class="soft">${text} Worth ${money(valueMinor, currency)}.</p>
        ${refusal ? html`<p class="soft">${refusalWords[refusal]}</p>` : nothing}</div>
      <button class="ghost" ?disabled=${refusal !== null || this.busy} aria-label="Redeem: ${title}" @click=${ask}>${points(offer.points)}</button>
      ${this.asked === id && !refusal ? this.#confirm(offer, balance) : nothing}</li>`
  }

  #confirm({ id, title, points: cost }: RewardOfferReport, balance: number) {
    const cancel = () => {
      this.asked = null
    }
    const confirm = () => {
      this.asked = null
      this.dispatchEvent(new CustomEvent('fm-redeem', { detail: { id } }) satisfies OfferRedeemed)
    }
    return html`<div class="confirm" role="group" aria-label="Confirm: ${title}">
      <p>${points(cost)} for “${title}”. ${points(balance - cost)} are left. This cannot be undone.</p>
      <div class="acts"><button @click=${confirm}>Redeem</button><button class="ghost" @click=${cancel}>Cancel</button></div></div>`
  }
}
customElements.define('fm-offer-list', OfferList)
