import { html } from 'lit'
import '../src/components/score-breakdown.ts'
import type { Demo } from './demo.ts'
import { sampleBreakdown } from './samples/risk.ts'

const closed = {
  ...sampleBreakdown,
  families: sampleBreakdown.families.map((family) => ({ ...family, weight: null, safetyScore: null })),
}

export const demo: Demo = {
  'by habits': () => html`<fm-score-breakdown .breakdown=${sampleBreakdown}></fm-score-breakdown>`,
  'another model is live': () => html`<fm-score-breakdown .breakdown=${closed}></fm-score-breakdown>`,
}
