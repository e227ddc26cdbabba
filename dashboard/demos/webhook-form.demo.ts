import { html } from 'lit'
import { WebhookForm } from '../src/components/webhook-form.ts'
import type { Demo } from './demo.ts'
import { sampleWebhooks } from './samples/webhooks.ts'

export const demo: Demo = {
  'a new webhook': () => html`<fm-webhook-form></fm-webhook-form>`,
  'one that is there': () => html`<fm-webhook-form .webhook=${sampleWebhooks[0]}></fm-webhook-form>`,
  refused: () => {
    const form = new WebhookForm()
    form.act.error = 'url: it leads to a private address'
    return html`${form}`
  },
}
