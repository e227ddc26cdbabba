import { html } from 'lit'
import '../src/components/webhook-form.ts'
import type { Demo } from './demo.ts'
import { sampleWebhooks } from './samples/webhooks.ts'

export const demo: Demo = {
  'a new webhook': () => html`<fm-webhook-form></fm-webhook-form>`,
  'one that is there': () => html`<fm-webhook-form .webhook=${sampleWebhooks[0]}></fm-webhook-form>`,
  refused: () => html`<fm-webhook-form .error=${'url: it leads to a private address'}></fm-webhook-form>`,
}
