import { html } from 'lit'
import '../src/components/reward-weeks.ts'
import type { Demo } from './demo.ts'
import { sampleRewards } from './samples/rewards.ts'

export const demo: Demo = {
  'six weeks': () => html`<fm-reward-weeks .weeks=${sampleRewards.weeks}></fm-reward-weeks>`,
}
