import { html } from 'lit'
import '../src/components/price-check.ts'
import type { Demo } from './demo.ts'
import { sampleReceipt } from './samples/pricing.ts'

export const demo: Demo = {
  'a true receipt': () => html`<fm-price-check .receipt=${sampleReceipt}></fm-price-check>`,
  'a forged one': () => html`<fm-price-check .receipt=${{ ...sampleReceipt, premiumMinor: 1 }}></fm-price-check>`,
}
