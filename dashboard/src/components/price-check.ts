import type { Receipt } from '@fairmile/contract/receipt.ts'
import type { Unchecked, Verdict } from '@fairmile/models/pricing/verify.ts'
import { css, html, nothing } from 'lit'
import { Act } from '../controllers/act.ts'
import { checkReceipt } from '../data/check-receipt.ts'
import { plansOf } from '../data/plans-of.ts'
import { publishedModel } from '../data/published-models.ts'
import { publishedThresholds } from '../data/published-thresholds.ts'
import { checkProof, type ReceiptEvidence, receiptEvidence } from '../data/receipt-evidence.ts'
import { receiptsBefore } from '../data/receipts-before.ts'
import { base } from '../styles/base.ts'
import { stepWords } from '../words/receipt-words.ts'
import { elementWith } from './element.ts'
import { icon } from './icon.ts'

/** What a check told its page: the step that differs, null where none does. */
export type CheckedEvent = CustomEvent<{ differsAt: string | null }>

/** Re-derives a receipt in this browser and says what came out; fires `fm-checked`. */
export class PriceCheck extends elementWith({
  receipt: null as Receipt | null,
  result: null as Verdict | null,
  evidence: null as ReceiptEvidence | null,
}) {
  static styles = [
    base,
    css`
      .result { display: flex; gap: var(--space-3); align-items: start; margin-top: var(--space-4); padding: var(--space-3) var(--space-4); border-radius: var(--radius-small); background: var(--brand-wash); }
      .result svg { flex: none; color: var(--brand); margin-top: 2px; }
      .result.differs { background: none; box-shadow: inset 0 0 0 1px var(--risk-4); }
      .result.differs svg { color: var(--risk-4); }
      code { font: var(--size-0) var(--mono); overflow-wrap: anywhere; display: block; }
      code.inline { display: inline; }
    `,
  ]

  readonly #act = new Act(this)

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('receipt')) return
    this.result = null
    this.#act.clear()
  }

  override render() {
    const { busy, error } = this.#act
    return html`<button ?disabled=${busy || !this.receipt} @click=${() => this.#act.do(() => this.#check())}>${busy ? 'Working it out' : 'Check this price yourself'}</button>
      <div role="status">${this.result ? this.#told(this.result) : nothing}
      ${error ? html`<p class="result differs">${icon('differs')}<span>The price could not be checked. ${error}</span></p>` : nothing}</div>`
  }

  #told(result: Verdict) {
    if ('differs' in result) {
      const { step, expected, found } = result.differs
      return html`<div class="result differs">${icon('differs')}<div><b>It differs at “${stepWords(step).title}”.</b>
        <code>worked out here: ${String(expected)}</code><code>on the receipt: ${String(found)}</code>
        <p class="soft">Download the receipt and send it to your insurer: this price is not what its own rule gives.</p></div></div>`
    }
    if (!result.ok && 'unsigned' in result)
      return html`<div class="result differs">${icon('differs')}<div><b>Nobody signed this receipt.</b>
        <p class="soft">All in it agrees, but receipts of its age bear no signature, so anyone could have made it: who issued it cannot be checked.</p></div></div>`
    if (!result.ok)
      return html`<div class="result differs">${icon('differs')}<div><b>It could not be checked to the end.</b>
        <p class="soft">All agrees, but the price is that of a receipt before, <code>${result.needs}</code>
        and that one was not at hand. Ask your insurer for it.</p></div></div>`
    const byModel = !result.unchecked.includes('model')
    const words = !byModel
      ? 'The arithmetic from the model’s result to the last cent, the plan and the seal. The model itself is not published with these pages, so its result was taken from the receipt.'
      : 'From your trips by way of the features, the model and the published plan to the last cent, and its seal, worked out in this browser alone.'
    const before = result.unchecked.includes('before')
      ? ' The receipt before was not at hand; it does not move this price.'
      : ''
    const start = result.unchecked.some((part) => part === 'carried' || part === 'renewed' || part === 'endorsed')
      ? ' What this price starts from was taken from the receipt: a signed receipt of what was before was not at hand.'
      : ''
    const judged = result.unchecked.includes('thresholds')
      ? ' Some trips were judged by thresholds that are not published with these pages, such as those of another release: what they were is not checked.'
      : ''
    const ledger = result.unchecked.includes('ledger')
      ? ' What was billed before was taken from the receipt: the signed receipt of then was not at hand.'
      : ''
    const rule = result.unchecked.includes('arithmetic')
      ? ' It was worked out by an earlier rule for changes within a term; that this was still the rule on its day was taken from the receipt.'
      : ''
    return html`<div class="result">${icon('check')}<div><b>${byModel ? 'The same price' : 'The arithmetic is right'}, ${result.steps} checks.</b><p class="soft">${words}${judged}${before}${start}${ledger}${rule}</p>${this.#issued(result)}</div></div>`
  }

  /** Who issued it and on which day's tree it hangs, as far as that is published. */
  #issued({ unchecked }: { unchecked: readonly Unchecked[] }) {
    const { receipt, evidence } = this
    if (receipt?.format !== 'fairmile-receipt/2')
      return html`<p class="soft">Receipts of this age are not signed: who issued it cannot be checked.</p>`
    const { keyId } = receipt.issuer
    const signed = unchecked.includes('issuer')
      ? html`<p class="soft">It is signed with the key <code class="inline">${keyId}</code>. The published keys were not at hand, so whose that is was not checked.</p>`
      : html`<p class="soft">Signed by your insurer with its published key <code class="inline">${keyId}</code>.</p>`
    if (!evidence?.keys) return signed // by whom the root of its day is signed cannot be told either
    const { proof } = evidence
    const day = proof
      ? html`<p class="soft">In the tree of ${proof.record.day}, whose root is published: a receipt that is changed or added later does not fit it.</p>`
      : html`<p class="soft">The root of its day is not published yet; that comes shortly after midnight UTC.</p>`
    return html`${signed}${day}`
  }

  async #check(): Promise<void> {
    const { receipt } = this
    if (!receipt) return
    const { name, version } = receipt.model
    const [model, before, evidence] = await Promise.all([
      publishedModel(name, version),
      receiptsBefore(receipt),
      receiptEvidence(receipt),
    ])
    const plans = await plansOf(receipt)
    // Another may have been chosen meanwhile: nothing is said of one that was not checked.
    if (this.receipt !== receipt) return
    this.evidence = evidence
    const verdict = checkReceipt(receipt, {
      model,
      plans,
      thresholds: publishedThresholds,
      before,
      keys: evidence.keys,
    })
    const differs = verdict.ok ? checkProof(receipt, evidence) : null
    this.result = differs ? { ok: false, differs } : verdict
    const differsAt = 'differs' in this.result ? this.result.differs.step : null
    this.dispatchEvent(new CustomEvent('fm-checked', { detail: { differsAt } }) satisfies CheckedEvent)
  }
}
customElements.define('fm-price-check', PriceCheck)
