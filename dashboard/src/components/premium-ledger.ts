import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { money } from '../words/figures.ts'
import { entryWords } from '../words/ledger-words.ts'
import { elementWith } from './element.ts'

/** What was billed, waived and given back, the newest first, with the balance after each. */
export class PremiumLedger extends elementWith({ entries: [] as readonly PremiumEntry[] }) {
  static styles = [
    base,
    css`
      td { vertical-align: top; }
      small { display: block; color: var(--ink-soft); font-size: var(--size-0); }
      .back { color: var(--brand); }
      @media (max-width: 900px) { .wide { display: none; } }
    `,
  ]

  override render() {
    return html`<table><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col" class="number">Amount</th>
      <th scope="col" class="number wide">Balance</th></tr></thead><tbody>${this.entries.map(row)}</tbody></table>`
  }
}
customElements.define('fm-premium-ledger', PremiumLedger)

function row({ kind, amountMinor, balanceMinor, currency, recordedAt, throughDay }: PremiumEntry) {
  const { title, why } = entryWords(kind, throughDay)
  return html`<tr><td>${when(recordedAt, Date.now())}</td><td>${title}<small>${why}</small></td>
    <td class="number ${amountMinor < 0 ? 'back' : ''}">${money(amountMinor, currency)}</td>
    <td class="number wide">${money(balanceMinor, currency)}</td></tr>`
}
