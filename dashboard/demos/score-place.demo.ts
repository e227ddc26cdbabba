import { html } from 'lit'
import '../src/components/score-place.ts'
import type { Demo } from './demo.ts'
import { sampleComparison } from './samples/risk.ts'

export const demo: Demo = {
  'beside the portfolio': () => html`<fm-score-place .comparison=${sampleComparison}></fm-score-place>`,
}
