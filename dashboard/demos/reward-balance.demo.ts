import { html } from 'lit'
import '../src/components/reward-balance.ts'
import type { Demo } from './demo.ts'
import { noRewards, sampleRewards } from './samples/rewards.ts'

export const demo: Demo = {
  some: () => html`<fm-reward-balance .rewards=${sampleRewards}></fm-reward-balance>`,
  'none yet': () => html`<fm-reward-balance .rewards=${noRewards}></fm-reward-balance>`,
}
