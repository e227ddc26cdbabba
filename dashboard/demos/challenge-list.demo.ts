import { html } from 'lit'
import '../src/components/challenge-list.ts'
import type { Demo } from './demo.ts'
import { sampleRewards } from './samples/rewards.ts'

export const demo: Demo = {
  'running, missed and open': () =>
    html`<fm-challenge-list .challenges=${sampleRewards.challenges}></fm-challenge-list>`,
  'while one is joined': () =>
    html`<fm-challenge-list .challenges=${sampleRewards.challenges} .busy=${true}></fm-challenge-list>`,
}
