import type { Receipt, ReceiptStep } from '@fairmile/contract/receipt.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { exactValue, mainSteps, stepValue, stepWords } from '../words/receipt-words.ts'
import { elementWith } from './element.ts'

/** The arithmetic of a receipt, a step a line; each opens to its reason, its formula and its exact value. */
export class ReceiptSteps extends elementWith({
  receipt: null as Receipt | null,
  /** Name of the step at which a check found another value. */
  differsAt: null as string | null,
  all: false,
}) {
  static styles = [
    base,
    css`
      details { border-top: 1px solid var(--line); }
      details:first-of-type { border: 0; }
      summary { display: flex; justify-content: space-between; align-items: center; gap: var(--space-4); min-height: 44px; padding: var(--space-1) 0; list-style: none; }
      summary::-webkit-details-marker { display: none; }
      summary > span:first-child::before { content: "+"; display: inline-block; width: 1.2em; color: var(--ink-soft); font-weight: 600; }
      details[open] summary > span:first-child::before { content: "−"; }
      summary b { white-space: nowrap; font-variant-numeric: tabular-nums; }
      .inside { padding: 0 0 var(--space-3) 1.2em; display: grid; gap: var(--space-1); }
      code { font: var(--size-0) / 1.5 var(--mono); color: var(--ink-soft); overflow-wrap: anywhere; }
      .differs summary { color: var(--risk-4); }
      .premium { border-top: 2px solid var(--ink); }
      .premium summary { font-weight: 700; font-size: var(--size-3); }
      .between { margin-top: var(--space-4); }
    `,
  ]

  override render() {
    const steps = this.receipt?.steps ?? []
    const shown = steps.filter(({ name }) => this.all || mainSteps.has(name) || name === this.differsAt)
    return html`${shown.map((step) => this.#step(step))}
      <p class="between"><button class="ghost" aria-pressed=${this.all} @click=${() => {
        this.all = !this.all
      }}>${this.all ? 'Only the main steps' : `All ${steps.length} steps`}</button></p>`
  }

  #step(step: ReceiptStep) {
    const { title, why } = stepWords(step.name)
    const differs = step.name === this.differsAt
    return html`<details class="${differs ? 'differs' : ''} ${step.name === 'premium' ? 'premium' : ''}" ?open=${differs}>
      <summary><span>${title}${differs ? ' (differs)' : ''}</span><b>${stepValue(step, this.receipt!.currency)}</b></summary>
      <div class="inside">${why ? html`<p class="soft">${why}</p>` : nothing}
        <code>${step.formula}</code><code>= ${exactValue(step)}</code></div></details>`
  }
}
customElements.define('fm-receipt-steps', ReceiptSteps)
