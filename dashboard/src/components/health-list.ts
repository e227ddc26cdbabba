import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import type { HealthItem } from '../words/health-words.ts'
import { elementWith } from './element.ts'

const levels = { well: 'well', look: 'look at it', act: 'needs an act' } as const

/** How the parts of the service are, in plain words, with what to do. */
export class HealthList extends elementWith({ items: [] as readonly HealthItem[] }) {
  static styles = [
    base,
    css`
      li { display: grid; grid-template-columns: 1fr auto; gap: 0 var(--space-3); padding: 9px 0; font-size: var(--size-1); }
      .part { font-weight: 600; }
      p { grid-column: 1 / -1; color: var(--ink-soft); }
      .tag { align-self: start; }
      .next { font-size: var(--size-0); overflow-wrap: anywhere; }
      .tag.look { border-color: var(--risk-2); color: var(--risk-2); }
      .tag.act { border-color: var(--risk-4); color: var(--risk-4); }
    `,
  ]

  override render() {
    return html`<ul class="rows">${this.items.map(
      ({
        part,
        level,
        words,
        next,
      }) => html`<li><span class="part">${part}</span><span class="tag ${level}">${levels[level]}</span>
        <p>${words}</p>${next ? html`<p class="next">${next}</p>` : nothing}</li>`,
    )}</ul>`
  }
}
customElements.define('fm-health-list', HealthList)
