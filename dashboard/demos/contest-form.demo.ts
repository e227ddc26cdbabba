import { html } from 'lit'
import '../src/components/contest-form.ts'
import type { Demo } from './demo.ts'
import { sampleEvidence } from './samples/contests.ts'

const evidence = sampleEvidence()
const form = (
  changes: object,
) => html`<fm-contest-form .evidence=${evidence} .send=${() => Promise.reject(new Error('this is a demo'))}
  .open=${'open' in changes} .reason=${'reason' in changes ? changes.reason : ''}></fm-contest-form>`

export const demo: Demo = {
  closed: () => form({}),
  open: () => form({ open: true }),
  'not me': () => form({ open: true, reason: 'not_me' }),
  'wrong limit': () =>
    html`<fm-contest-form .evidence=${{ ...evidence, kind: 'speeding' }} .open=${true} .reason=${'wrong_limit'}></fm-contest-form>`,
  'too late': () =>
    html`<fm-contest-form .evidence=${{ ...evidence, contestableUntil: '2026-01-31T12:00:00Z' }}></fm-contest-form>`,
}
