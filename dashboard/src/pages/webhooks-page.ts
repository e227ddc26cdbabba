import type { NotificationAttempt } from '@fairmile/contract/http/notification-deliveries.ts'
import type { CreatedWebhook, Webhook, WebhookTest } from '@fairmile/contract/http/webhooks.ts'
import { css, html, nothing } from 'lit'
import '../components/shown-once.ts'
import '../components/webhook-form.ts'
import { elementWith } from '../components/element.ts'
import { reveal } from '../components/reveal.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import type { WebhookFormClosed } from '../components/webhook-form.ts'
import { Act } from '../controllers/act.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { webhooksApi } from '../data/webhooks-api.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { decimal, nbsp } from '../words/figures.ts'

const outcomeWords: Record<NotificationAttempt['outcome'], string> = {
  sent: 'taken',
  retry: 'failed, tried again',
  dead: 'given up',
  dropped: 'dropped',
}

/** For admins: the addresses that are told of domain events, and how telling them went. */
export class WebhooksPage extends elementWith({
  chosenId: null as string | null,
  /** The form that is open: for a new one, or the one that is chosen. */
  form: null as 'new' | 'change' | null,
  /** A secret that was just made, and is shown this once. */
  secret: null as Pick<CreatedWebhook, 'id' | 'secret'> | null,
  /** What came of the last test of the one that is chosen. */
  tested: null as WebhookTest | null,
  /** What was asked for, and waits for the second word. */
  asked: null as 'removal' | 'secret' | null,
}) {
  static styles = [
    base,
    grid,
    admin,
    css`
      .id { min-height: 28px; padding: 0; background: none; color: var(--brand); text-decoration: underline; font-weight: 600; text-align: left; justify-content: start; overflow-wrap: anywhere; }
      tr[aria-current="true"] td { background: var(--brand-wash); }
      #chosen { outline: none; height: auto; }
      .acts { display: flex; gap: var(--space-2); flex-wrap: wrap; align-items: center; margin-bottom: var(--space-3); }
      .acts .acts { margin-bottom: 0; }
      .dead { color: var(--risk-4); }
      .types { margin-bottom: var(--space-3); }
      @media (max-width: 900px) { .id { min-height: 44px; } }
    `,
  ]

  readonly #act = new Act(this)
  readonly #webhooks = new PagedList<true, Webhook>(this, (_key, cursor, signal) => webhooksApi.list(cursor, signal))
  readonly #attempts = new PagedList<string, NotificationAttempt>(this, webhooksApi.attempts)

  override willUpdate(): void {
    this.#webhooks.first.want(true)
    this.#attempts.first.want(this.chosenId)
  }

  override render() {
    const webhooks = this.#webhooks
    const chosen = webhooks.items.find(({ id }) => id === this.chosenId)
    return html`<div class="grid"><header class="page-head"><div><h1>Webhooks</h1><p>Other systems that are told of domain events, by signed messages.</p></div>
        <button @click=${() => {
          this.form = 'new'
        }}>Add a webhook</button></header>
      ${
        this.secret === null
          ? nothing
          : html`<section class="card of-12" id="secret" tabindex="-1"><fm-shown-once .what=${`The secret of ${this.secret.id}`} .secret=${this.secret.secret} @fm-kept=${() => {
              this.secret = null
            }}></fm-shown-once></section>`
      }
      ${this.form === 'new' ? html`<section class="card of-12"><fm-webhook-form @fm-form-closed=${this.#formClosed}></fm-webhook-form></section>` : nothing}
      <section class="card of-12">
        ${show(webhooks.first, {
          what: 'The webhooks',
          lines: 4,
          isEmpty: ({ items }) => items.length === 0,
          empty: { title: 'No webhooks.', next: 'Add the address of a system that is to be told.' },
          content: () => this.#table(webhooks.items),
        })}
        ${showMore(webhooks)}</section>
      ${chosen ? this.#chosen(chosen) : nothing}</div>`
  }

  #table(webhooks: readonly Webhook[]) {
    const now = Date.now()
    return html`<table><thead><tr><th scope="col">Address</th><th scope="col" class="wide">Is told of</th><th scope="col">State</th><th scope="col" class="wide number">Since</th></tr></thead>
      <tbody>${webhooks.map(
        ({ id, url, eventTypes, enabled, createdAt }) => html`<tr aria-current=${id === this.chosenId}>
          <td><button class="id" @click=${() => this.#choose(id)}>${url}</button><span class="sub"><code>${id}</code></span></td>
          <td class="wide">${eventTypes.join(', ')}</td>
          <td><span class="state ${enabled ? 'on' : ''}">${enabled ? 'is told' : 'paused'}</span></td>
          <td class="wide number">${when(createdAt, now)}</td></tr>`,
      )}</tbody></table>`
  }

  #chosen(webhook: Webhook) {
    const { id, url, eventTypes, enabled } = webhook
    return html`<section class="card of-12" id="chosen" tabindex="-1"><header><h2>${url}</h2>
        <button class="ghost" @click=${() => void this.#attempts.first.reload()}>Refresh</button></header>
      ${
        this.form === 'change'
          ? html`<fm-webhook-form .webhook=${webhook} @fm-form-closed=${this.#formClosed}></fm-webhook-form>`
          : html`<p class="soft types">Is told of ${eventTypes.join(', ')}.</p><div class="acts">
            <button class="ghost" ?disabled=${this.#act.busy} @click=${() => this.#change(() => webhooksApi.update(id, { enabled: !enabled }))}>${enabled ? 'Pause it' : 'Resume it'}</button>
            <button class="ghost" ?disabled=${this.#act.busy} @click=${() => {
              this.form = 'change'
            }}>Change it</button>
            <button class="ghost" ?disabled=${this.#act.busy} @click=${() => this.#test(id)}>Send a test</button>${this.#decide(id)}</div>
            ${this.tested ? html`<p role="status" class=${this.tested.error === null ? 'soft' : 'dead'}>${testWords(this.tested)}</p>` : nothing}
            ${enabled ? nothing : html`<p class="soft">What happens while it is paused is not told later.</p>`}`
      }
      ${this.#act.error ? html`<p class="error" role="alert">${this.#act.error}</p>` : nothing}
      ${show(this.#attempts.first, {
        what: 'The last tries',
        lines: 3,
        isEmpty: ({ items }) => items.length === 0,
        empty: { title: 'Not told yet.', next: 'It is as soon as one of its events happens.' },
        content: () => attemptTable(this.#attempts.items),
      })}
      ${showMore(this.#attempts)}</section>`
  }

  /** What is done only when it was asked for twice. */
  #decide(id: string) {
    const { busy } = this.#act
    const ask = (asked: typeof this.asked) => () => {
      this.asked = asked
    }
    if (this.asked === null)
      return html`<button class="ghost" ?disabled=${busy} @click=${ask('secret')}>New secret</button>
        <button class="ghost" ?disabled=${busy} @click=${ask('removal')}>Remove it</button>`
    const [says, acts] =
      this.asked === 'removal'
        ? [
            'What was to go there is dropped.',
            html`<button ?disabled=${busy} @click=${() => this.#change(() => webhooksApi.remove(id))}>Remove</button>`,
          ]
        : [
            'Messages are signed by both secrets until the old one ends.',
            html`<button ?disabled=${busy} @click=${() => this.#renew(id, 24)}>End the old one in a day</button>
              <button class="ghost" ?disabled=${busy} @click=${() => this.#renew(id, 0)}>End it now</button>`,
          ]
    return html`<span class="acts" role="group" aria-label="Confirm"><span>${says}</span>${acts}
      <button class="ghost" @click=${ask(null)}>Keep it</button></span>`
  }

  async #test(id: string): Promise<void> {
    this.tested = null
    await this.#act.do(async () => {
      this.tested = await webhooksApi.test(id)
    })
  }

  async #renew(id: string, overlapHours: number): Promise<void> {
    const done = await this.#act.do(async () => {
      this.secret = await webhooksApi.renewSecret(id, overlapHours)
      this.asked = null
    })
    if (done) await reveal(this, '#secret')
  }

  readonly #formClosed = ({ detail: { created, changed } }: WebhookFormClosed): void => {
    this.form = null
    this.secret = created ?? this.secret
    if (changed) void this.#webhooks.first.reload()
  }

  #change(work: () => Promise<unknown>): Promise<boolean> {
    return this.#act.do(async () => {
      await work()
      this.asked = null
      await this.#webhooks.first.reload()
    })
  }

  async #choose(id: string): Promise<void> {
    this.chosenId = id
    this.asked = null
    this.tested = null
    this.#act.clear()
    if (this.form === 'change') this.form = null
    await reveal(this, '#chosen')
  }
}
customElements.define('fm-webhooks-page', WebhooksPage)

const testWords = ({ error, tookMs }: WebhookTest): string =>
  error === null ? `The test was taken within ${decimal(tookMs)}${nbsp}ms.` : `The test was not taken. ${error}.`

function attemptTable(attempts: readonly NotificationAttempt[]) {
  const now = Date.now()
  return html`<table><thead><tr><th scope="col">When</th><th scope="col" class="wide">Event</th><th scope="col" class="number">Try</th><th scope="col">Outcome</th></tr></thead>
    <tbody>${attempts.map(
      ({
        at,
        eventId,
        attempt,
        outcome,
        error,
      }) => html`<tr><td>${when(at, now)}</td><td class="wide"><code>${eventId ?? '–'}</code></td>
        <td class="number">${attempt}</td><td><span class=${outcome === 'dead' ? 'dead' : nothing}>${outcomeWords[outcome]}</span>${error ? html`<span class="sub">${error}</span>` : nothing}</td></tr>`,
    )}</tbody></table>`
}
