import { html } from 'lit'
import '../src/components/redemption-form.ts'
import type { Demo } from './demo.ts'
import { sampleRedemptions } from './samples/rewards.ts'

export const demo: Demo = {
  open: () =>
    html`<fm-redemption-form .redemption=${sampleRedemptions[0]} .send=${() => Promise.reject(new Error('this is a demo'))}></fm-redemption-form>`,
}
