import { css, html } from 'lit'
import { elementWith } from '../src/components/element.ts'
import '../src/in-car/in-car-face.ts'
import type { Demo } from './demo.ts'
import { screens } from './samples/screens.ts'

/** A screen of 480×320, on both grounds. */
class Bezel extends elementWith({ name: '' }) {
  static styles = css`
    :host { display: flex; flex-wrap: wrap; gap: var(--space-3); }
    div { width: 480px; height: 320px; }
  `

  override render() {
    const state = screens[this.name] ?? null
    return (['black', 'white'] as const).map(
      (ground) => html`<div><fm-in-car-face .state=${state && { ...state, ground }}></fm-in-car-face></div>`,
    )
  }
}
customElements.define('fm-bezel', Bezel)

const drawings = Object.keys(screens).map((name) => [name, () => html`<fm-bezel .name=${name}></fm-bezel>`] as const)

export const demo: Demo = Object.fromEntries([
  ...drawings,
  ['lost', () => html`<div style="width: 480px; height: 320px"><fm-in-car-face .lost=${true}></fm-in-car-face></div>`],
])
