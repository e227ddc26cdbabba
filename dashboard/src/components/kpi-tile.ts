import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

/** One figure with its name, its unit, and what it stands beside. */
export class KpiTile extends elementWith({ name: '', value: '', unit: '', beside: '', href: '' }) {
  static styles = [
    base,
    css`
      :host { height: 100%; }
      .card { padding: var(--space-4) var(--space-5); display: flex; flex-direction: column; gap: 2px; }
      .name { font-size: var(--size-1); color: var(--ink-soft); font-weight: 600; }
      .value { font-size: clamp(1.5rem, 2.1vw, 2.1rem); font-weight: 650; letter-spacing: -0.03em; line-height: 1.2; font-variant-numeric: tabular-nums; }
      .unit { font-size: var(--size-1); }
      .beside { font-size: var(--size-0); color: var(--ink-soft); }
      a { color: inherit; text-decoration: none; }
      a .name { text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
      a:hover .name { color: var(--brand); text-decoration-color: currentColor; }
      @media (max-width: 900px) { .card { padding: var(--space-3) var(--space-4); } }
    `,
  ]

  override render() {
    const { name, value, unit, beside, href } = this
    const content = html`<div class="name">${name}</div>
      <div class="value">${value}${unit ? html`<span class="unit">${unit}</span>` : nothing}</div>
      <div class="beside">${beside}</div>`
    return href ? html`<a class="card" href=${href}>${content}</a>` : html`<div class="card">${content}</div>`
  }
}
customElements.define('fm-kpi-tile', KpiTile)
