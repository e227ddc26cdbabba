import type { AdminRedemption, SettleRedemptionBody } from '@fairmile/contract/http/rewards.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import { Act } from '../controllers/act.ts'
import { base } from '../styles/base.ts'
import { forms } from '../styles/forms.ts'
import { points } from '../words/reward-words.ts'
import { elementWith } from './element.ts'

/** For admins: says that what was redeemed was given, or refuses it with a reason; each is asked about once more, for nothing takes it back. */
export class RedemptionForm extends elementWith({
  redemption: null as AdminRedemption | null,
  send: null as ((body: SettleRedemptionBody) => Promise<void>) | null,
  /** What is asked about. */
  asking: null as SettleRedemptionBody['state'] | null,
}) {
  static styles = [
    base,
    forms,
    css`
      .foot { display: flex; flex-wrap: wrap; gap: var(--space-3); }
      p { font-size: var(--size-1); }
    `,
  ]

  readonly #act = new Act(this)

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('redemption')) return
    this.asking = null
    this.#act.clear()
  }

  override render() {
    const { redemption } = this
    if (redemption?.state !== 'open') return nothing
    return html`<form @submit=${this.#submit}>
      ${
        this.asking === 'refused'
          ? html`<label>Why, told to the driver<textarea name="reason" rows="3" minlength="3" maxlength="500" required></textarea></label>`
          : nothing
      }
      ${this.#act.error ? html`<p role="alert" class="failure">It could not be settled: ${this.#act.error}</p>` : nothing}
      ${this.asking ? this.#confirmation(redemption, this.asking) : this.#choice()}</form>`
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('asking')) return
    const refuses = this.asking === 'refused'
    if (this.asking) this.renderRoot.querySelector<HTMLElement>(refuses ? 'textarea' : '.foot button')?.focus()
    else if (changed.get('asking')) this.renderRoot.querySelector<HTMLElement>('.foot button')?.focus()
  }

  #choice() {
    return html`<div class="foot"><button type="button" @click=${() => this.#ask('fulfilled')}>It was given</button>
      <button type="button" class="ghost" @click=${() => this.#ask('refused')}>Refuse it</button></div>`
  }

  #confirmation({ points: spent }: AdminRedemption, state: SettleRedemptionBody['state']) {
    const [says, does] =
      state === 'fulfilled'
        ? ['The driver is told that it was given.', 'Yes, it was given']
        : [
            `Up to ${points(spent)} go back to the driver, who is told why: none that are no longer due.`,
            'Yes, refuse it',
          ]
    return html`<p role="status">${says} This is not taken back.</p>
      <div class="foot"><button ?disabled=${this.#act.busy}>${does}</button>
        <button type="button" class="ghost" ?disabled=${this.#act.busy} @click=${() => this.#ask(null)}>Not yet</button></div>`
  }

  #ask(state: typeof this.asking): void {
    this.#act.clear()
    this.asking = state
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const reason = String(new FormData(event.target as HTMLFormElement).get('reason') ?? '')
    if (this.asking === null) return
    const body: SettleRedemptionBody =
      this.asking === 'refused' ? { state: this.asking, reason } : { state: this.asking }
    void this.#act.do(async () => this.send?.(body))
  }
}
customElements.define('fm-redemption-form', RedemptionForm)
