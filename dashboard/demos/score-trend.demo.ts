import { html } from 'lit'
import '../src/components/score-trend.ts'
import type { Demo } from './demo.ts'
import { sampleTrend, sampleTrendOfFew } from './samples/risk.ts'

const once = { ...sampleTrend, points: sampleTrend.points.slice(0, 1) }

export const demo: Demo = {
  'a month': () => html`<fm-score-trend .trend=${sampleTrend}></fm-score-trend>`,
  'days with too few kilometres': () => html`<fm-score-trend .trend=${sampleTrendOfFew}></fm-score-trend>`,
  'one day': () => html`<fm-score-trend .trend=${once}></fm-score-trend>`,
}
