import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

/** A secret that is shown this once, to be copied. Fires `fm-kept` when the person has it. */
export class ShownOnce extends elementWith({
  /** What it is: `The secret of WHK-…`. */
  what: '',
  secret: '',
  told: '',
}) {
  static styles = [
    base,
    css`
      :host { font-size: var(--size-1); }
      .body { display: grid; gap: var(--space-3); justify-items: start; }
      h2 { color: var(--ink); }
      code { font: var(--size-1) var(--mono); padding: 10px 12px; border: 1px solid var(--edge); border-radius: var(--radius-small); background: var(--card-solid); overflow-wrap: anywhere; user-select: all; }
      .foot { display: flex; gap: var(--space-2); flex-wrap: wrap; align-items: center; }
    `,
  ]

  override render() {
    return html`<div class="body"><h2>${this.what}</h2><code>${this.secret}</code>
      <p class="soft">It is shown this once: no page gives it again. Whoever has it can sign messages as if they came from here.</p>
      <div class="foot"><button @click=${this.#copy}>Copy it</button>
        <button class="ghost" @click=${() => this.dispatchEvent(new Event('fm-kept'))}>I have it</button>
        <span class="soft" role="status">${this.told}</span></div></div>`
  }

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.secret)
      this.told = 'Copied.'
    } catch {
      this.told = 'This browser does not let it be copied: select it.' // without HTTPS, or refused
    }
  }
}
customElements.define('fm-shown-once', ShownOnce)
