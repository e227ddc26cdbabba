import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

/** A file that can be had, and what it is good for. */
export interface Download {
  readonly href: string
  readonly format: string
  readonly use: string
}

/** Files to be had, each with what it is good for; plain links, so that the browser itself takes them. */
export class DownloadLinks extends elementWith({ downloads: [] as readonly Download[] }) {
  static styles = [
    base,
    css`
      ul { display: grid; gap: var(--space-2); }
      li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-3); }
      .button { min-width: 112px; }
    `,
  ]

  override render() {
    return html`<ul>${this.downloads.map(
      ({ href, format, use }) =>
        html`<li><a class="button ghost" href=${href} download aria-label=${`Download as ${format}`}>${format}</a><span class="soft">${use}</span></li>`,
    )}</ul>`
  }
}
customElements.define('fm-download-links', DownloadLinks)
