import { css, html } from 'lit'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'
import { decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** What is selected of a list, with what can be done to all of it (the slot). Fires `fm-cleared`. */
export class SelectedBar extends elementWith({ count: 0 }) {
  static styles = [
    base,
    admin,
    css`
      :host { position: sticky; bottom: var(--space-4); z-index: 1; grid-column: 1 / -1; }
      .selected { position: static; }
      @media (max-width: 900px) { :host { bottom: calc(84px + env(safe-area-inset-bottom)); } }
    `,
  ]

  override render() {
    return html`<div class="selected" role="region" aria-label="Selection"><b class="grow">${decimal(this.count)} selected</b>
      <slot></slot><button class="ghost" @click=${() => this.dispatchEvent(new Event('fm-cleared'))}>Clear</button></div>`
  }
}
customElements.define('fm-selected-bar', SelectedBar)
