import type { DomainEventType } from '@fairmile/contract/domain-events/domain-event.ts'
import { eventDataV1 } from '@fairmile/contract/domain-events/event-data.ts'
import type { CreatedWebhook, CreateWebhookBody, Webhook } from '@fairmile/contract/http/webhooks.ts'
import { css, html, nothing } from 'lit'
import { Act } from '../controllers/act.ts'
import { webhooksApi } from '../data/webhooks-api.ts'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

const eventTypes = Object.keys(eventDataV1) as DomainEventType[]

/** What became of the form: a new webhook with its secret, one that was changed, or nothing. */
export type WebhookFormClosed = CustomEvent<{ created: CreatedWebhook | null; changed: boolean }>

/** Address and events of a new webhook, or of one that is there. Fires `fm-form-closed`. */
export class WebhookForm extends elementWith({ webhook: null as Webhook | null }) {
  static styles = [
    base,
    admin,
    css`
      form { display: grid; gap: var(--space-4); max-width: 620px; }
      label { display: grid; gap: 3px; color: var(--ink-soft); }
      fieldset { border: 0; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 0 var(--space-3); }
      legend { padding: 0; color: var(--ink-soft); }
      fieldset label { display: flex; gap: 8px; align-items: center; min-height: 32px; color: var(--ink); }
      .foot { display: flex; gap: var(--space-2); flex-wrap: wrap; }
      h2 { color: var(--ink); }
      @media (max-width: 900px) { fieldset label { min-height: 44px; } }
    `,
  ]

  readonly act = new Act(this)

  override render() {
    const { webhook } = this
    const { error, busy } = this.act
    return html`<form @submit=${this.#submit}><h2>${webhook ? `Change ${webhook.id}` : 'A new webhook'}</h2>
      <label>Address, https alone<input name="url" type="url" required maxlength="1000" pattern="https://.*" placeholder="https://hooks.example.org/fairmile" autocomplete="off" .value=${webhook?.url ?? ''} /></label>
      <fieldset><legend>Is told of</legend>${eventTypes.map(
        (type) =>
          html`<label><input type="checkbox" name="eventTypes" value=${type} .checked=${webhook?.eventTypes.includes(type) ?? false} />${type}</label>`,
      )}</fieldset>
      ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
      <div class="foot"><button ?disabled=${busy}>${webhook ? 'Change it' : 'Add'}</button>
        <button type="button" class="ghost" @click=${() => this.#close(null, false)}>Leave it</button></div></form>`
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    const body = { url: String(fields.get('url')), eventTypes: fields.getAll('eventTypes') as DomainEventType[] }
    void this.act.do(() => {
      if (body.eventTypes.length === 0) throw new Error('Choose one event at least.')
      return this.#send(body)
    })
  }

  async #send(body: CreateWebhookBody): Promise<void> {
    if (this.webhook) await webhooksApi.update(this.webhook.id, body)
    this.#close(this.webhook ? null : await webhooksApi.create(body), true)
  }

  #close(created: CreatedWebhook | null, changed: boolean): void {
    this.dispatchEvent(new CustomEvent('fm-form-closed', { detail: { created, changed } }) satisfies WebhookFormClosed)
  }
}
customElements.define('fm-webhook-form', WebhookForm)
