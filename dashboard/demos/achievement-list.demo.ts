import { html } from 'lit'
import '../src/components/achievement-list.ts'
import type { Demo } from './demo.ts'
import { noRewards, sampleRewards } from './samples/rewards.ts'

export const demo: Demo = {
  'some reached': () => html`<fm-achievement-list .achievements=${sampleRewards.achievements}></fm-achievement-list>`,
  'none yet': () => html`<fm-achievement-list .achievements=${noRewards.achievements}></fm-achievement-list>`,
}
