import { localPaths } from '@fairmile/contract/local-paths.ts'
import { html, LitElement } from 'lit'
import './in-car-face.ts'
import { ScreenLink } from './screen-link.ts'

/** The whole in-car screen: the agent's newest state, drawn. */
class InCar extends LitElement {
  readonly #link = new ScreenLink(this)

  /** The stream brings the code; that there is none says enough. */
  readonly #pair = (): void => {
    fetch(localPaths.pairing, { method: 'POST' }).catch(() => {})
  }

  override render() {
    return html`<fm-in-car-face .state=${this.#link.state} .lost=${this.#link.lost} .pair=${this.#pair}></fm-in-car-face>`
  }

  /** The component fills the window without a style of its own. */
  override createRenderRoot(): HTMLElement {
    return this
  }
}
customElements.define('fm-in-car', InCar)
