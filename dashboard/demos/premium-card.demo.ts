import { html } from 'lit'
import '../src/components/premium-card.ts'
import type { Demo } from './demo.ts'
import { samplePremium } from './samples/pricing.ts'

export const demo: Demo = {
  'in short': () => html`<fm-premium-card .premium=${samplePremium}></fm-premium-card>`,
  whole: () => html`<fm-premium-card .premium=${samplePremium} .whole=${true}></fm-premium-card>`,
  'no discount yet': () => html`<fm-premium-card .premium=${{ ...samplePremium, discountPpm: 0 }}></fm-premium-card>`,
}
