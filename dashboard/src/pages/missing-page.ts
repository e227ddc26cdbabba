import { html } from 'lit'
import { elementWith } from '../components/element.ts'
import { base } from '../styles/base.ts'

/** An address that no page has, or that is not for this person. */
export class MissingPage extends elementWith({ detail: 'Nothing is at this address.' }) {
  static styles = base

  override render() {
    return html`<section class="card"><h1>Not here</h1><p>${this.detail}</p><p><a href="/">To the dashboard</a></p></section>`
  }
}
customElements.define('fm-missing-page', MissingPage)
