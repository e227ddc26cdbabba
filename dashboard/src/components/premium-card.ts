import type { Premium } from '@fairmile/contract/http/pricing.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { counted, money, percent } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** What a month costs at the present price, the term to date, and how much of the possible discount is earned. */
export class PremiumCard extends elementWith({ premium: null as Premium | null, whole: false }) {
  static styles = [
    base,
    css`
      svg { display: block; width: 100%; height: 20px; margin: 14px 0 8px; overflow: visible; }
    `,
  ]

  override render() {
    const { premium } = this
    if (!premium) return html``
    const {
      premiumMinor,
      payableMinor,
      monthMinor,
      beforeDiscountMinor,
      heldBackMinor,
      termDays,
      currency,
      discountPpm,
      maxDiscountPpm,
    } = premium
    const filled = maxDiscountPpm > 0 ? Math.min(100, (100 * discountPpm) / maxDiscountPpm) : 0
    return html`
      <div class="big">${money(monthMinor, currency)}<span class="unit">a month</span></div>
      <svg viewBox="0 0 100 20" preserveAspectRatio="none" role="img"
        aria-label="${percent(discountPpm, 1)} of at most ${percent(maxDiscountPpm)} discount earned">
        <path d="M0 10H100" stroke="var(--line)" stroke-width="8" />
        <path d="M0 10H${filled}" stroke="var(--brand)" stroke-width="8" />
        <path d="M${filled} 1V19" stroke="var(--ink)" stroke-width="2" vector-effect="non-scaling-stroke" />
      </svg>
      <div class="rows">
        <div class="row"><span class="soft">Discount earned</span><b>${percent(discountPpm, 1)}</b></div>
        ${
          heldBackMinor
            ? html`<div class="row"><span class="soft">Of it not in your price yet: its minimum, its limit of change in a term, and what it had cost before come first</span><b>${money(heldBackMinor, currency)}</b></div>`
            : nothing
        }
        <div class="row"><span class="soft">At most possible</span><b>${percent(maxDiscountPpm)}</b></div>
        <div class="row"><span class="soft">This term so far, ${counted(termDays, 'day')}</span><b>${money(premiumMinor, currency)}</b></div>
        ${
          payableMinor === null
            ? nothing
            : html`<div class="row"><span class="soft">With fees and tax</span><b>${money(payableMinor, currency)}</b></div>`
        }
        ${
          this.whole
            ? html`<div class="row"><span class="soft">The same without discount</span><b>${money(beforeDiscountMinor, currency)}</b></div>
                ${billed(premium)}
                <div class="row"><span class="soft">Clean kilometres</span><b>${percent(premium.cleanSharePpm)}</b></div>
                <div class="row"><span class="soft">Discount in reach by kilometres judged</span><b>${percent(premium.credibilityPpm)}</b></div>
                <div class="row"><span class="soft">Your factor, 100 % is average</span><b>${percent(premium.relativityPpm)}</b></div>`
            : nothing
        }
      </div>`
  }
}
customElements.define('fm-premium-card', PremiumCard)

/** What was billed of the term; nothing for a premium of before there were bills. */
function billed({ billedMinor, waivedMinor, billedUntil, premiumMinor, currency }: Premium) {
  if (billedMinor === null) return nothing
  const open = premiumMinor - billedMinor - (waivedMinor ?? 0)
  const last = billedUntil === null ? 'nothing yet' : `to ${dayBefore(billedUntil)}`
  return html`<div class="row"><span class="soft">Billed, ${last}</span><b>${money(billedMinor, currency)}</b></div>
    ${waivedMinor ? html`<div class="row"><span class="soft">Waived, never asked for</span><b>${money(waivedMinor, currency)}</b></div>` : nothing}
    <div class="row"><span class="soft">To be billed</span><b>${money(open, currency)}</b></div>`
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(day) - 86_400_000).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
