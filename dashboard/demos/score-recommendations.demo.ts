import { html } from 'lit'
import '../src/components/score-recommendations.ts'
import type { Demo } from './demo.ts'
import { sampleRecommendations } from './samples/risk.ts'

const draw = (recommendations: typeof sampleRecommendations) =>
  html`<fm-score-recommendations .recommendations=${recommendations}></fm-score-recommendations>`

export const demo: Demo = {
  'two habits': () => draw(sampleRecommendations),
  'nothing would help': () => draw({ ...sampleRecommendations, recommendations: [] }),
}
