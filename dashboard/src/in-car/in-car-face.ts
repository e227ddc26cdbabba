import type { ScreenState } from '@fairmile/contract/screen.ts'
import { html } from 'lit'
import { elementWith } from '../components/element.ts'
import { drivingView } from './driving-view.ts'
import { parkedView } from './parked-view.ts'
import { styles } from './styles.ts'

/** What the in-car screen shows of one state, of none yet, or of an agent that fell silent. */
export class InCarFace extends elementWith({ state: null as ScreenState | null, lost: false, pair: () => {} }) {
  static styles = styles

  override render() {
    const { state, lost, pair } = this
    if (state === null) return lost ? apart('No connection to the box', again) : apart('Starting', soon)
    return state.view === 'driving' ? drivingView(state) : parkedView(state, pair)
  }
}
customElements.define('fm-in-car-face', InCarFace)

const again = 'This screen tries again every second and shows the newest as soon as the box answers.'
const soon = 'The score shows as soon as the box answers.'

/** Black is right by night and no harm by day. */
const apart = (title: string, next: string) =>
  html`<main class="face apart black" role="status"><h1>${title}</h1><p class="soft">${next}</p></main>`
