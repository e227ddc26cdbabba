import { html } from 'lit'
import '../src/components/side-panel.ts'
import type { Demo } from './demo.ts'

/** It covers the others: one state alone. */
export const demo: Demo = {
  'over the list': () => html`<fm-side-panel .heading=${'Ada Berger'}><p>What is known of her.</p></fm-side-panel>`,
}
