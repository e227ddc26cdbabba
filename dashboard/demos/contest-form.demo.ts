import { html } from 'lit'
import '../src/components/contest-form.ts'
import type { Demo } from './demo.ts'
import { sampleEvidence } from './samples/contests.ts'

const evidence = sampleEvidence()
const form = (
  changes: object,
  draft?: object,
) => html`<fm-contest-form .evidence=${{ ...evidence, ...changes }} .send=${() => Promise.reject(new Error('this is a demo'))}
  .drafts=${new Map(draft ? [[evidence.eventId, { reason: '', text: '', limitKmh: '', ...draft }]] : [])}></fm-contest-form>`

export const demo: Demo = {
  closed: () => form({}),
  open: () => form({}, {}),
  'of what counts for nothing anyway': () => form({ band: 'log' }, {}),
  'not me': () => form({}, { reason: 'not_me' }),
  'wrong limit': () => form({ kind: 'speeding' }, { reason: 'wrong_limit', text: 'It is 70 there.', limitKmh: '70' }),
  'too late': () => form({ contestableUntil: '2026-01-31T12:00:00Z' }),
}
