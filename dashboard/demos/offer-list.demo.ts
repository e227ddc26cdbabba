import { html } from 'lit'
import '../src/components/offer-list.ts'
import type { Demo } from './demo.ts'
import { sampleRewards } from './samples/rewards.ts'

export const demo: Demo = {
  'some to be had': () => html`<fm-offer-list .rewards=${sampleRewards}></fm-offer-list>`,
  'to be confirmed': () => html`<fm-offer-list .rewards=${sampleRewards} .asked=${'car-wash'}></fm-offer-list>`,
}
