import { html } from 'lit'
import '../src/components/receipt-steps.ts'
import type { Demo } from './demo.ts'
import { sampleReceipt } from './samples/pricing.ts'

export const demo: Demo = {
  'as issued': () => html`<fm-receipt-steps .receipt=${sampleReceipt}></fm-receipt-steps>`,
  'one step differs': () =>
    html`<fm-receipt-steps .receipt=${sampleReceipt} .differsAt=${'minimum'}></fm-receipt-steps>`,
}
