import { html } from 'lit'
import '../src/components/shown-once.ts'
import type { Demo } from './demo.ts'
import { sampleCreatedWebhook } from './samples/webhooks.ts'

const { id, secret } = sampleCreatedWebhook

export const demo: Demo = {
  'a secret': () => html`<fm-shown-once .what=${`The secret of ${id}`} .secret=${secret}></fm-shown-once>`,
  copied: () =>
    html`<fm-shown-once .what=${`The secret of ${id}`} .secret=${secret} .told=${'Copied.'}></fm-shown-once>`,
}
