import { html } from 'lit'
import '../src/components/ruling-form.ts'
import type { Demo } from './demo.ts'
import { samplePendingDetail } from './samples/contests.ts'

const form = (changes: object) => () =>
  html`<fm-ruling-form .contest=${{ ...samplePendingDetail, ...changes }} .send=${() => Promise.reject(new Error('this is a demo'))}></fm-ruling-form>`

export const demo: Demo = {
  emergency: form({}),
  'wrong limit': form({
    reason: 'wrong_limit',
    limitKmh: 70,
    event: { ...samplePendingDetail.event, kind: 'speeding' },
  }),
  'not me': form({ reason: 'not_me' }),
  'effect unknown': form({ effect: null }),
}
