import { html } from 'lit'
import '../src/components/selected-bar.ts'
import type { Demo } from './demo.ts'

export const demo: Demo = {
  'some selected': () => html`<fm-selected-bar .count=${12}><button>See what would change</button></fm-selected-bar>`,
}
