import { html } from 'lit'
import '../src/components/leader-board.ts'
import type { Demo } from './demo.ts'
import { sampleBoard } from './samples/rewards.ts'

export const demo: Demo = {
  shown: () => html`<fm-leader-board .board=${sampleBoard}></fm-leader-board>`,
  'too few': () =>
    html`<fm-leader-board .board=${{ ...sampleBoard, shown: false, rows: [], own: null }}></fm-leader-board>`,
}
