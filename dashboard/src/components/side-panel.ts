import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

/** Detail beside a list, in place of a page: a dialog at the right, over the whole width of a phone. Fires `fm-closed`. */
export class SidePanel extends elementWith({ heading: '' }) {
  static styles = [
    base,
    css`
      dialog { position: fixed; inset: 0 0 0 auto; margin: 0; width: min(560px, 100vw); max-width: none; height: 100dvh; max-height: none; padding: 0; border: 0; border-left: 1px solid var(--card-edge); background: var(--card-solid); color: var(--ink); box-shadow: var(--shadow); overflow-y: auto; }
      dialog::backdrop { background: rgb(0 0 0 / 0.35); }
      header { position: sticky; top: 0; display: flex; justify-content: space-between; align-items: center; gap: var(--space-3); padding: var(--space-4) var(--space-5); background: var(--card-solid); border-bottom: 1px solid var(--line); z-index: 1; }
      h2 { font-size: var(--size-3); color: var(--ink); overflow-wrap: anywhere; }
      .body { padding: var(--space-5); display: grid; gap: var(--space-5); }
      @media (max-width: 900px) { header, .body { padding: var(--space-4); } }
    `,
  ]

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event('fm-closed'))}>
      <header><h2 id="title">${this.heading}</h2><button class="ghost" @click=${this.#close}>Close</button></header>
      <div class="body"><slot></slot></div></dialog>`
  }

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close()
}
customElements.define('fm-side-panel', SidePanel)
